{{/* What restricted Pod Security asks of every container. */}}
{{- define "kubewsbridge.securityContext" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
readOnlyRootFilesystem: true
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "kubewsbridge.podSecurityContext" -}}
{{ toYaml .Values.podSecurityContext }}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* dict "root" $ "preStop" bool: the bridge; with preStop where it is not the container that is signalled first. */}}
{{- define "kubewsbridge.bridge" -}}
{{- $v := .root.Values -}}
image: {{ include "kubewsbridge.bridgeImage" .root | quote }}
imagePullPolicy: {{ $v.image.pullPolicy }}
command: [/usr/local/bin/kubewsbridge]
args: [--config, /etc/kubewsbridge/bridge/bridge.yaml]
{{- with $v.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $v.envFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - name: ws
    containerPort: {{ include "kubewsbridge.port" .root }}
  - name: management
    containerPort: {{ int64 $v.management.port }}
  {{- if include "kubewsbridge.usesHttp01" .root }}
  - name: acme-http
    containerPort: {{ include "kubewsbridge.acmeHttpPort" .root }}
  {{- end }}
startupProbe:
  httpGet: {path: /startupz, port: management}
  periodSeconds: 1
  failureThreshold: {{ int64 $v.probes.startupSeconds }}
livenessProbe:
  httpGet: {path: /livez, port: management}
  periodSeconds: {{ int64 $v.probes.livenessPeriod }}
  timeoutSeconds: 6 # the check itself waits for 5 s, on a node that is overloaded
readinessProbe:
  httpGet: {path: /readyz, port: management}
  periodSeconds: {{ int64 $v.probes.readinessPeriod }}
  timeoutSeconds: 3
  failureThreshold: 1
{{- if .preStop }}
lifecycle:
  preStop:
    exec:
      command: [/usr/local/bin/kubewsbridge, drain, --wait, --management-address, {{ printf "127.0.0.1:%d" (int $v.management.port) | quote }}]
{{- end }}
{{- with $v.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "kubewsbridge.securityContext" .root | nindent 2 }}
volumeMounts:
  - {name: bridge-config, mountPath: /etc/kubewsbridge/bridge, readOnly: true}
  - {name: bridge-run, mountPath: /run/kubewsbridge}
  - {name: bridge-tmp, mountPath: /tmp}
  {{- if $v.management.tokenSecret }}
  - {name: bridge-management, mountPath: /etc/kubewsbridge/management, readOnly: true}
  {{- end }}
  {{- if eq $v.tls.mode "manual" }}
  - {name: bridge-tls, mountPath: /etc/kubewsbridge/tls, readOnly: true}
  {{- end }}
  {{- if $v.tls.automate.dnsSecret }}
  - {name: bridge-dns, mountPath: /etc/kubewsbridge/dns, readOnly: true}
  {{- end }}
  {{- if include "kubewsbridge.usesSecrets" .root }}
  - {name: bridge-account, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}
  {{- else if has $v.tls.mode (list "internal" "automate") }}
  - {name: bridge-state, mountPath: /var/lib/kubewsbridge}
  {{- end }}
  {{- include "kubewsbridge.sharedMounts" .root | nindent 2 }}
{{- end }}

{{/* The user's code and more, the same in all containers. */}}
{{- define "kubewsbridge.sharedMounts" -}}
{{- if or .Values.code.files .Values.code.volume }}
- {name: code, mountPath: {{ .Values.code.mountPath }}, readOnly: true}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "kubewsbridge.phpFpm" -}}
name: php-fpm
image: {{ include "kubewsbridge.image" (dict "image" .Values.fpm.image "tag" "latest") | quote }}
imagePullPolicy: {{ .Values.fpm.image.pullPolicy }}
restartPolicy: Always
command: {{ concat .Values.fpm.command (list "-F" "-y" "/etc/kubewsbridge/pool/php-fpm.conf") | toJson }}
{{- with .Values.fpm.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.fpm.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "kubewsbridge.securityContext" . | nindent 2 }}
volumeMounts:
  - {name: bridge-pool, mountPath: /etc/kubewsbridge/pool, readOnly: true}
  - {name: bridge-run, mountPath: /run/kubewsbridge}
  - {name: php-tmp, mountPath: /tmp}
  {{- include "kubewsbridge.sharedMounts" . | nindent 2 }}
{{- end }}

{{- define "kubewsbridge.forkServer" -}}
name: php
image: {{ include "kubewsbridge.image" (dict "image" .Values.forkServer.image "tag" "latest") | quote }}
imagePullPolicy: {{ .Values.forkServer.image.pullPolicy }}
restartPolicy: Always
command: {{ concat .Values.forkServer.command .Values.config.phpArgs (list "/opt/kubewsbridge/fork-server.php" "/run/kubewsbridge/fork") (compact (list .Values.forkServer.preload)) | toJson }}
{{- with .Values.forkServer.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.forkServer.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "kubewsbridge.securityContext" . | nindent 2 }}
volumeMounts:
  - {name: fork-server, mountPath: /opt/kubewsbridge, readOnly: true}
  - {name: bridge-run, mountPath: /run/kubewsbridge}
  - {name: php-tmp, mountPath: /tmp}
  {{- include "kubewsbridge.sharedMounts" . | nindent 2 }}
{{- end }}

{{/* Volumes of the bridge, whoever's the pod is. */}}
{{- define "kubewsbridge.bridgeVolumes" -}}
{{- $v := .Values -}}
- name: bridge-config
  configMap: {name: {{ include "kubewsbridge.fullname" . }}}
- name: bridge-run
  emptyDir: {}
- name: bridge-tmp
  emptyDir: {}
{{- with $v.management.tokenSecret }}
- name: bridge-management
  secret: {secretName: {{ . }}}
{{- end }}
{{- if eq $v.tls.mode "manual" }}
- name: bridge-tls
  secret: {secretName: {{ $v.tls.secretName }}}
{{- end }}
{{- with $v.tls.automate.dnsSecret }}
- name: bridge-dns
  secret: {secretName: {{ . }}}
{{- end }}
{{- if include "kubewsbridge.usesSecrets" . }}
# The token of the service account for the bridge alone: mounted automatically, every container of the pod would have it.
- name: bridge-account
  projected:
    sources:
      - serviceAccountToken: {path: token, expirationSeconds: 3607}
      - configMap: {name: kube-root-ca.crt, items: [{key: ca.crt, path: ca.crt}]}
      - downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}
{{- else if has $v.tls.mode (list "internal" "automate") }}
- name: bridge-state
  {{- if $v.persistence.enabled }}
  persistentVolumeClaim: {claimName: {{ include "kubewsbridge.stateClaim" . }}}
  {{- else }}
  emptyDir: {}
  {{- end }}
{{- end }}
{{- if has $v.mode (list "fpm" "inject") }}
- name: bridge-pool
  configMap: {name: {{ include "kubewsbridge.fullname" . }}-pool}
{{- end }}
{{- if or $v.code.files $v.code.volume }}
- name: code
  {{- if $v.code.files }}
  configMap: {name: {{ include "kubewsbridge.fullname" . }}-code}
  {{- else }}
  {{- toYaml $v.code.volume | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Pods are replaced when what they read at their start changes: PHP-FPM reads its pool at no other time, the bridge its configuration at any. */}}
{{- define "kubewsbridge.checksums" -}}
{{- if .Values.configRollout -}}
checksum/config: {{ printf "%s%s%s" (include "kubewsbridge.config" .) (include "kubewsbridge.pool" .) (toJson .Values.code.files) | sha256sum }}
{{- else if has .Values.mode (list "fpm" "inject") -}}
checksum/pool: {{ include "kubewsbridge.pool" . | sha256sum }}
{{- end -}}
{{- end }}
