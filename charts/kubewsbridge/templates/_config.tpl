{{/* The bridge's configuration file: what the chart decides, the typed values, and the rest as it is. */}}
{{- define "kubewsbridge.config" -}}
{{- $v := .Values -}}
{{- $config := dict
    "wsHost" $v.bindAddress
    "wsPort" (include "kubewsbridge.port" . | int)
    "managementAddress" (printf "%s:%d" (ternary "[::]" $v.bindAddress (eq $v.bindAddress "::")) (int $v.management.port))
    "drainDelay" (printf "%ds" (int $v.drain.delay))
    "drainPeriod" (printf "%ds" (int $v.drain.period))
    "drainTimeout" (printf "%ds" (add $v.drain.period (include "kubewsbridge.killSeconds" .)))
    "drainCloseCode" (int $v.drain.closeCode)
    "gracePeriod" (printf "%ds" (include "kubewsbridge.gracePeriod" . | int))
    "workerGrace" (printf "%ds" (int $v.drain.workerGrace))
    "terminateGrace" (printf "%ds" (int $v.drain.terminateGrace)) -}}
{{- range $key, $value := omit $v.config "launcher" "phpExecutable" "phpArgs" "maxConnections" "maxProcesses" }}
{{- if or (kindIs "string" $value) (kindIs "float64" $value) (kindIs "int64" $value) $value }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- end }}
{{- $most := include "kubewsbridge.maxConnections" . }}
{{- range $key, $limit := dict "maxConnections" $most "maxProcesses" ($v.config.maxProcesses | default $most) }}
{{- $_ := set $config $key $limit }}
{{- if ne (toString $limit) "auto" }}{{ $_ := set $config $key (int64 $limit) }}{{ end }}
{{- end }}
{{- if or $v.script (not $v.config.routes) }}
{{- $_ := set $config "script" ($v.script | default "/opt/kubewsbridge/php/examples/echo.php") }}
{{- end }}
{{- include (printf "kubewsbridge.config.%s" (ternary "fpm" $v.mode (eq $v.mode "inject"))) (dict "root" . "config" $config) }}
{{- include "kubewsbridge.config.tls" (dict "root" . "config" $config) }}
{{- if $v.management.open }}{{ $_ := set $config "managementOpen" true }}{{ end }}
{{- if $v.management.tokenSecret }}{{ $_ := set $config "managementTokenFile" (printf "/etc/kubewsbridge/management/%s" $v.management.tokenKey) }}{{ end }}
{{- merge (deepCopy $v.configRaw) $config | toYaml }}
{{- end }}

{{- define "kubewsbridge.config.php" -}}
{{- $_ := set .config "launcher" .root.Values.config.launcher }}
{{- $_ := set .config "phpExecutable" .root.Values.config.phpExecutable }}
{{- with .root.Values.config.phpArgs }}{{ $_ := set $.config "phpArgs" . }}{{ end }}
{{- end }}

{{/* Until the fork server is there a worker would be a process. There is no PHP in this image; the bridge itself fails as fast as one can, and clients get a 502. */}}
{{- define "kubewsbridge.config.forkserver" -}}
{{- $_ := set .config "launcher" "fork" }}
{{- $_ := set .config "phpExecutable" "/usr/local/bin/kubewsbridge" }}
{{- /* Below the volume, whose own mode lets others in: whoever is first makes it for its user alone. */}}
{{- $_ := set .config "forkServerDir" "/run/kubewsbridge/fork" }}
{{- end }}

{{- define "kubewsbridge.config.fpm" -}}
{{- $_ := set .config "launcher" "fastcgi" }}
{{- $_ := set .config "fastcgiAddress" "unix:/run/kubewsbridge/fpm.sock" }}
{{- $_ := set .config "fastcgiWorkers" (int .root.Values.fpm.workers) }}
{{- $_ := set .config "fastcgiReserve" (int .root.Values.fpm.reserve) }}
{{- end }}

{{- define "kubewsbridge.config.tls" -}}
{{- $tls := .root.Values.tls }}
{{- if ne $tls.mode "none" }}
{{- $_ := set .config "tlsMode" $tls.mode }}
{{- with $tls.domains }}{{ $_ := set $.config "tlsDomains" . }}{{ end }}
{{- if eq $tls.mode "manual" }}
{{- $_ := set .config "tlsCert" "/etc/kubewsbridge/tls/tls.crt" }}
{{- $_ := set .config "tlsKey" "/etc/kubewsbridge/tls/tls.key" }}
{{- else if and (eq $tls.mode "internal") .root.Values.persistence.enabled }}
{{- $_ := set .config "tlsStateDir" "/var/lib/kubewsbridge" }}
{{- else if eq $tls.mode "automate" }}
{{- if include "kubewsbridge.usesSecrets" .root }}
{{- $_ := set .config "tlsStorage" "kubernetes" }}
{{- /* Another installation in the namespace has another one. */}}
{{- $_ := set .config "tlsStoragePrefix" (include "kubewsbridge.fullname" .root) }}
{{- else }}
{{- $_ := set .config "tlsAcmeStateDir" "/var/lib/kubewsbridge" }}
{{- end }}
{{- with $tls.automate.email }}{{ $_ := set $.config "tlsEmail" . }}{{ end }}
{{- with $tls.automate.directory }}{{ $_ := set $.config "tlsAcmeDirectory" . }}{{ end }}
{{- if include "kubewsbridge.usesHttp01" .root }}{{ $_ := set .config "tlsAcmeHttpPort" (include "kubewsbridge.acmeHttpPort" .root | int) }}{{ end }}
{{- with $tls.automate.dnsProvider }}{{ $_ := set $.config "tlsDnsProvider" . }}{{ end }}
{{- with $tls.automate.dnsParams }}{{ $_ := set $.config "tlsDnsParams" . }}{{ end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The dedicated pool. In our own pod PHP-FPM is not root: it can't change its user, and both containers have the same one. */}}
{{- define "kubewsbridge.pool" -}}
[global]
process_control_timeout = {{ add .Values.drain.delay .Values.drain.period (include "kubewsbridge.killSeconds" .) }}s
{{- if ne .Values.mode "inject" }}
daemonize = no
error_log = /proc/self/fd/2
{{- end }}

[ws]
{{- if eq .Values.mode "inject" }}
user = {{ .Values.inject.user }}
{{- end }}
listen = /run/kubewsbridge/fpm.sock
; The directory is the pod's own.
listen.mode = 0666
listen.backlog = 511
pm = static
pm.max_children = {{ int64 .Values.fpm.workers }}
request_terminate_timeout = 0
php_admin_value[max_execution_time] = 0
php_admin_value[output_buffering] = 0
php_admin_flag[implicit_flush] = on
php_admin_flag[display_errors] = off
php_admin_flag[log_errors] = on
catch_workers_output = yes
decorate_workers_output = no
clear_env = no
{{- with .Values.fpm.extraPoolConfig }}
{{ . | trim }}
{{- end }}
{{- end }}
