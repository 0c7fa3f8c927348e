#!/usr/bin/env python3
"""Reads govdata with the standard library alone: pages, retries, answers kept on disk, files.

    python3 client.py https://govdata.example folder-for-answers
"""

import csv
import hashlib
import http.client
import io
import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class GovdataError(Exception):
    """What the service refused, with the members of its problem document."""

    def __init__(self, problem):
        super().__init__(f"{problem['detail']} ({problem['code']}, request {problem['requestId']})")
        self.problem = problem


class Govdata:
    def __init__(self, url, folder, tries=5):
        self.url, self.folder, self.tries = url, pathlib.Path(folder), tries
        self.folder.mkdir(parents=True, exist_ok=True)
        self.statuses = []

    def get(self, path, **args):
        """An answer as bytes. One that was had before is asked for anew only if it has changed."""
        url = f"{self.url}{path}?{urllib.parse.urlencode(args)}"
        name = hashlib.sha256(url.encode()).hexdigest()
        kept, tag = self.folder / name, self.folder / f"{name}.etag"
        request = urllib.request.Request(url)
        if kept.exists() and tag.exists():
            request.add_header("If-None-Match", tag.read_text())
        for failures in range(1, self.tries + 1):
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    body, etag = response.read(), response.headers["ETag"]
                    self.statuses.append(response.status)
                # The tag goes first and comes last: it never stands beside another answer.
                tag.unlink(missing_ok=True)
                kept.write_bytes(body)
                if etag:
                    tag.write_text(etag)
                return body
            except urllib.error.HTTPError as error:
                self.statuses.append(error.code)
                if error.code == 304:
                    return kept.read_bytes()
                if failures == self.tries or error.code not in (408, 429, 502, 503, 504):
                    raise failure_of(error) from error
                time.sleep(float(error.headers["Retry-After"] or 2 ** (failures - 1)))
            except (OSError, http.client.HTTPException):
                if failures == self.tries:
                    raise
                time.sleep(2 ** (failures - 1))

    def list(self, path, **args):
        """The records of all pages. They are of one release, whatever is released in between."""
        while True:
            page = json.loads(self.get(path, **args))
            yield from page["items"]
            if page["next"] is None:
                return
            args["after"] = page["next"]

    def table(self, path, **args):
        """The rows of a CSV file. Everything is text, null is empty, codes keep their zeros."""
        text = self.get(f"{path}.csv", **args).decode("utf-8")
        return csv.DictReader(io.StringIO(text, newline=""))


def failure_of(error):
    """From the problem document, or else the error as it came: of something in between."""
    if error.headers.get_content_type() != "application/problem+json":
        return error
    return GovdataError(json.load(error))


def main(url="http://127.0.0.1:3000", folder="govdata-answers"):
    govdata = Govdata(url, folder)
    figures = list(govdata.list("/v1/observations", place="province:37", measure="growth,rank", limit=10))
    targets = list(govdata.table("/v1/targets", place="province:37"))
    try:
        list(govdata.list("/v1/observations", place="provnce:37"))
    except GovdataError as error:
        mistake = str(error)
    shown = {
        "figures": [[one["id"], one["comparator"], one["value"], one["unit"]] for one in figures],
        "targets": [[one["id"], one["result_status"]] for one in targets],
        "mistake": mistake,
        "statuses": govdata.statuses,
    }
    print(json.dumps(shown, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
