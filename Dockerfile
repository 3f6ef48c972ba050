# KubeWsBridge: bridge (the native program alone), php (with PHP beside it), installer (an init container that copies the program).
#
#   docker build --target bridge .
#   docker build --target php --build-arg PHP_IMAGE=php:8.4-cli-bookworm .
#   docker build --target installer .
#
# For another architecture: docker buildx build --platform linux/arm64 (or docker build on such a machine).
# What a release says of itself comes by --build-arg VERSION, REVISION, SOURCE and CREATED. Bases can be pinned by their digests in the same way.

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
# The program runs wherever glibc is not older than here. The SDK's own image is newer than many images with PHP.
ARG BUILD_IMAGE=debian:bookworm-slim
ARG RUN_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
ARG PHP_IMAGE=php:8.4-cli-bookworm

FROM ${SDK_IMAGE} AS sdk

FROM ${BUILD_IMAGE} AS source
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev libssl3 libstdc++6 zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
ENV PATH=/usr/share/dotnet:$PATH \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
WORKDIR /source
COPY . .

FROM source AS build
# BuildKit sets it, unless it has a default here (buildx issue 510). The older builder does not, and then it is this machine's.
ARG TARGETARCH
RUN TARGETARCH="${TARGETARCH:-$(dpkg --print-architecture)}" \
 && case "$TARGETARCH" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "TARGETARCH is amd64 or arm64, not $TARGETARCH" >&2; exit 1 ;; esac \
 && dotnet publish src/KubeWsBridge -c Release -r "$rid" -p:PublishAot=true -p:CppCompilerAndLinker=gcc -p:StripSymbols=true -p:Sbom=true -o /out

# A program that is alone has no shell: health is asked of the program itself.
FROM ${RUN_IMAGE} AS bridge
ARG RUN_IMAGE
ARG VERSION=0.1.0
ARG REVISION=
ARG SOURCE=
ARG CREATED=
LABEL org.opencontainers.image.title="KubeWsBridge" \
      org.opencontainers.image.description="A WebSocket-to-TCP bridge that gives each connection its own PHP process." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.authors="KubeWsBridge contributors" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.base.name="$RUN_IMAGE"
COPY --from=build /out/kubewsbridge.cdx.json /usr/share/doc/kubewsbridge/
COPY --from=build /out/kubewsbridge /usr/local/bin/
USER 1654:1654
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/usr/local/bin/kubewsbridge", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/kubewsbridge"]

FROM ${PHP_IMAGE} AS php
ARG PHP_IMAGE
ARG VERSION=0.1.0
ARG REVISION=
ARG SOURCE=
ARG CREATED=
LABEL org.opencontainers.image.title="KubeWsBridge with PHP" \
      org.opencontainers.image.description="A WebSocket-to-TCP bridge with a PHP whose processes serve its connections." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.authors="KubeWsBridge contributors" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.base.name="$PHP_IMAGE"
COPY --from=build /out/kubewsbridge.cdx.json /usr/share/doc/kubewsbridge/
COPY --from=build /out/kubewsbridge /usr/local/bin/
RUN /usr/local/bin/kubewsbridge version \
 || { echo "The program does not run in PHP_IMAGE ($PHP_IMAGE). It needs glibc 2.34 or newer and there is no build against musl (Alpine). Take an image of Debian 12 or later, or let PHP have a container of its own beside target bridge: that needs nothing in PHP's image." >&2; exit 1; }
# The fork launcher needs pcntl and posix, and opcache makes it cheap.
RUN for extension in pcntl posix opcache; do \
      php -m | grep -qi "$extension" || docker-php-ext-install "$extension" || exit 1; \
    done
COPY src/php /opt/kubewsbridge/php

USER 1654:1654
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/usr/local/bin/kubewsbridge", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/kubewsbridge"]
CMD ["--php-executable", "php", "--script", "/opt/kubewsbridge/php/examples/echo.php"]

# The copy is for images with glibc; the program says so when it has copied itself. There is none against musl (Alpine): the chart's modes with a container of the bridge's own need nothing in PHP's image.
FROM bridge AS installer
HEALTHCHECK NONE
ENTRYPOINT ["/usr/local/bin/kubewsbridge", "install"]
CMD ["/target"]
