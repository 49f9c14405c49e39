# Every service and the gateway in one image; the first argument says which of them to run: identity, channels, messages, realtime or gateway.
# The page, which the gateway serves.
FROM node:22-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY clients/typescript/src ../clients/typescript/src
COPY web .
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# What decides the packages comes first, so that a change of code alone restores nothing anew.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY common/published.props common/
COPY common/contracts/*.csproj common/contracts/packages.lock.json common/contracts/
COPY common/feeds/*.csproj common/feeds/packages.lock.json common/feeds/
COPY common/hosting/*.csproj common/hosting/packages.lock.json common/hosting/
COPY services/identity/*.csproj services/identity/packages.lock.json services/identity/
COPY services/channels/*.csproj services/channels/packages.lock.json services/channels/
COPY services/messages/*.csproj services/messages/packages.lock.json services/messages/
COPY services/realtime/*.csproj services/realtime/packages.lock.json services/realtime/
COPY gateway/*.csproj gateway/packages.lock.json gateway/
# What the lock files say, and what it takes to compile it ahead for this kind of machine.
RUN for project in services/identity services/channels services/messages services/realtime gateway; do \
      dotnet restore $project --locked-mode && dotnet restore $project -p:_IsPublishing=true || exit 1; \
    done

COPY .editorconfig BannedSymbols.txt ./
COPY docs/openapi docs/openapi
COPY docs/asyncapi docs/asyncapi
COPY docs/examples.json docs/
COPY common common
COPY services services
COPY gateway gateway
# Into one folder: they share almost every file.
RUN for project in services/identity services/channels services/messages services/realtime gateway; do \
      dotnet publish $project -c Release --no-restore -o /app -p:UseAppHost=false || exit 1; \
    done && rm -f /app/*.pdb /app/*.xml /app/web.config

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
COPY --from=page /src/web/dist /app/web
COPY ops/compose/start ops/compose/healthy ops/compose/make-secrets /app/
# Volumes that are mounted here take their owner from these folders.
RUN mkdir -p /data /secrets/postgres /secrets/rabbitmq /secrets/redis /secrets/identity /secrets/channels /secrets/messages /secrets/realtime /secrets/gateway \
    && chown -R 1654:1654 /data /secrets && chmod 755 /app/start /app/healthy /app/make-secrets
WORKDIR /app
# Nothing is written outside /data and /tmp, so the root may be read-only.
ENV ASPNETCORE_HTTP_PORTS=8080 ChatGenius__DataPath=/data DOTNET_EnableDiagnostics=0
USER 1654
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=90s CMD ["/app/healthy"]
ENTRYPOINT ["/app/start"]
