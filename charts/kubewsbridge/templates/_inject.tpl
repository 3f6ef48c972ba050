{{/*
For charts that have this one as a dependency (alias or name KEY, mode inject). Everywhere: include NAME .Subcharts.KEY

  pod labels                     kubewsbridge.inject.labels
  pod annotations                kubewsbridge.inject.annotations
  initContainers                 kubewsbridge.inject.initContainers
  php-fpm's volumeMounts         kubewsbridge.inject.volumeMounts
  php-fpm's lifecycle            kubewsbridge.inject.lifecycle
  volumes                        kubewsbridge.inject.volumes
  terminationGracePeriodSeconds  kubewsbridge.inject.terminationGracePeriodSeconds
*/}}
{{- define "kubewsbridge.inject.labels" -}}
kubewsbridge.io/bridge: {{ include "kubewsbridge.fullname" . }}
{{- end }}

{{- define "kubewsbridge.inject.annotations" -}}
{{- include "kubewsbridge.checksums" . -}}
{{- end }}

{{/* The bridge is a native sidecar here: signalled last, so its preStop drains at once, while php-fpm's waits for it. */}}
{{- define "kubewsbridge.inject.initContainers" -}}
{{- if eq .Values.inject.preStop "drain" }}
- name: kubewsbridge-install
  image: {{ include "kubewsbridge.bridgeImage" . | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  command: [/usr/local/bin/kubewsbridge, install, /opt/kubewsbridge]
  securityContext:
    {{- include "kubewsbridge.inject.securityContext" . | nindent 4 }}
  volumeMounts:
    - {name: bridge-program, mountPath: /opt/kubewsbridge}
{{- end }}
- name: kubewsbridge
  restartPolicy: Always
  {{- $bridge := include "kubewsbridge.bridge" (dict "root" . "preStop" true) | fromYaml }}
  {{- $_ := set $bridge "securityContext" (include "kubewsbridge.inject.securityContext" . | fromYaml) }}
  {{- toYaml $bridge | nindent 2 }}
{{- end }}

{{/* The pod's own user may be another. */}}
{{- define "kubewsbridge.inject.securityContext" -}}
{{ include "kubewsbridge.securityContext" . }}
runAsUser: {{ int64 .Values.podSecurityContext.runAsUser }}
runAsGroup: {{ int64 .Values.podSecurityContext.runAsGroup }}
{{- end }}

{{- define "kubewsbridge.inject.volumeMounts" -}}
- {name: bridge-pool, mountPath: {{ .Values.inject.poolDirectory }}/zz-kubewsbridge.conf, subPath: php-fpm.conf, readOnly: true}
- {name: bridge-run, mountPath: /run/kubewsbridge}
{{- if eq .Values.inject.preStop "drain" }}
- {name: bridge-program, mountPath: /opt/kubewsbridge, readOnly: true}
{{- end }}
{{- include "kubewsbridge.sharedMounts" . }}
{{- end }}

{{- define "kubewsbridge.inject.lifecycle" -}}
preStop:
  {{- if eq .Values.inject.preStop "drain" }}
  exec:
    command: [/opt/kubewsbridge/kubewsbridge, drain, --wait, --management-address, {{ printf "127.0.0.1:%d" (int .Values.management.port) | quote }}]
  {{- else }}
  sleep:
    seconds: {{ add .Values.drain.delay .Values.drain.period (include "kubewsbridge.killSeconds" .) }}
  {{- end }}
{{- end }}

{{- define "kubewsbridge.inject.volumes" -}}
{{- include "kubewsbridge.bridgeVolumes" . }}
{{- if eq .Values.inject.preStop "drain" }}
- name: bridge-program
  emptyDir: {}
{{- end }}
{{- end }}

{{- define "kubewsbridge.inject.terminationGracePeriodSeconds" -}}
{{- include "kubewsbridge.gracePeriod" . -}}
{{- end }}
