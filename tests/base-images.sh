#!/usr/bin/env bash
# Makes what the Dockerfile's base images are to a build, under their upstream names, from Debian's packages and the .NET SDK of this
# machine: for tests where no image registry is reachable. Takes the docker command to use as arguments.
#   tests/base-images.sh docker -H unix:///run/docker.sock
set -euo pipefail
docker=("$@")
sources=(/etc/apt/sources.list.d/debian.sources)
[ -e "${sources[0]}" ] || sources=(/etc/apt/sources.list)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing() { ! "${docker[@]}" image inspect "$1" >/dev/null 2>&1; }

# root TAR VARIANT PACKAGES [OPTIONS]: a root file system; "extract" has the packages' files alone, without a shell if none of them brings one.
root() { mmdebstrap --quiet --variant="$2" --include="$3" "${@:4}" bookworm "$1" "${sources[@]}"; }

load() { "${docker[@]}" import "${@:3}" "$1" "$2" >/dev/null; }

name=mcr.microsoft.com/dotnet/sdk:10.0
if missing $name; then
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  tar -C / -cf "$work/sdk.tar" --transform "s,^${dotnet#/},usr/share/dotnet," "${dotnet#/}"
  load "$work/sdk.tar" $name
fi

name=debian:bookworm-slim
if missing $name; then
  # What the machine trusts and where it gets packages from is the one thing about this place that a build has to know.
  mkdir "$work/certs" "$work/apt"
  cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/certs/ca-certificates.crt"
  cp "${sources[0]}" "$work/apt/"
  root "$work/build.tar" minbase apt,ca-certificates,gcc,libc6-dev,libssl3,libstdc++6,zlib1g-dev \
    --customize-hook="copy-in $work/certs/ca-certificates.crt /etc/ssl/certs" \
    --customize-hook="copy-in $work/apt/${sources[0]##*/} ${sources[0]%/*}"
  load "$work/build.tar" $name
fi

name=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
if missing $name; then
  root "$work/run.tar" extract base-files,libc6,libgcc-s1,libssl3,libstdc++6,tzdata,zlib1g
  load "$work/run.tar" $name
fi

name=php:8.4-cli-bookworm
if missing $name; then
  root "$work/php.tar" minbase php8.2-cli,php8.2-opcache,php8.2-fpm
  load "$work/php.tar" $name
fi

# What an image without glibc is to a build: a shell, and nothing that a program for glibc could be loaded by.
name=php:8.4-cli-alpine
if missing $name; then
  root "$work/alpine.tar" extract busybox-static --customize-hook='mkdir -p "$1/bin" && ln -s busybox "$1/bin/sh"'
  load "$work/alpine.tar" $name
fi
