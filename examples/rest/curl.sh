#!/bin/sh
# What curl alone can do, in the folder that it is run in: sh curl.sh https://govdata.example
set -eu
url=${1:-${GOVDATA_URL:-http://127.0.0.1:3000}}

# A first look. What fails leaves a problem document in the place of the answer, and exit code 22.
curl --silent --show-error --fail-with-body "$url/v1/provinces/10" --output province.json

# Pages: the header Link has the address of the next one, and the last page has none.
next="/v1/observations?place=province:37&measure=growth,rank&limit=10" page=0
while [ -n "$next" ]; do
  page=$((page + 1))
  curl --silent --show-error --fail --dump-header headers --output "observations-$page.json" "$url$next"
  next=$(tr -d '\r' <headers | grep -i '^link:' | sed -n 's/.*<\([^>]*\)>; rel="next".*/\1/p')
done

# Only if it has changed: the second time it is 304, and the file stays as it is.
for _ in 1 2; do
  curl --silent --show-error --fail --etag-save themes.etag --etag-compare themes.etag \
    --output themes.json --write-out 'themes.json: %{http_code}\n' "$url/v1/themes"
done

# A file. One that is cut off is an error, never a short file that looks whole.
curl --silent --show-error --fail --output targets.csv "$url/v1/targets.csv?place=province:37"

# A long file, line by line: what is cut off goes on behind the cursor of the last whole line.
feed="$url/v1/changes.ndjson?since=0&type=theme,motto,task" after='' tries=0
: >changes.ndjson
until curl --silent --show-error --fail "$feed${after:+&after=$after}" >>changes.ndjson; do
  tries=$((tries + 1))
  [ "$tries" -lt 5 ] || exit 1
  sleep "$tries"
  # Without the half line at the end.
  if [ -n "$(tail -c 1 changes.ndjson)" ]; then sed '$d' changes.ndjson >whole && mv whole changes.ndjson; fi
  after=$(tail -n 1 changes.ndjson | sed 's/.*"cursor":"\([^"]*\)"}$/\1/')
done
echo "changes.ndjson: $(wc -l <changes.ndjson) lines"
