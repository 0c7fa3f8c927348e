# The service as an image: built with all packages, run with the production ones, not as root.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install script: the embedded database makes its links itself.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY public ./public
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    GOVDATA_HOME=/var/lib/govdata
WORKDIR /app
# Where DATABASE_URL is not set, the embedded database lives in this folder: keep it on a volume.
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/govdata \
    && ln --symbolic /app/dist/cli.js /usr/local/bin/govdata
COPY LICENSE THIRD-PARTY-NOTICES.md package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY migrations ./migrations
COPY seeds ./seeds
COPY public ./public
USER node
EXPOSE 3000
# Alive, not ready: a container is not to be replaced because its database is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli.js", "serve"]
