{{- define "kubewsbridge.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "kubewsbridge.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 55 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "kubewsbridge.name" . -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 55 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* In somebody else's pods only one label is ours. */}}
{{- define "kubewsbridge.selectorLabels" -}}
{{- if eq .Values.mode "inject" -}}
kubewsbridge.io/bridge: {{ include "kubewsbridge.fullname" . }}
{{- else -}}
app.kubernetes.io/name: {{ include "kubewsbridge.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- end }}

{{- define "kubewsbridge.labels" -}}
app.kubernetes.io/name: {{ include "kubewsbridge.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Metadata of an object: dict "root" $ "suffix" "-pool" "labels" {} "annotations" {} */}}
{{- define "kubewsbridge.metadata" -}}
name: {{ include "kubewsbridge.fullname" .root }}{{ .suffix }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "kubewsbridge.labels" .root | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "kubewsbridge.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "kubewsbridge.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{/* dict "image" {repository, tag, digest} "tag" "the default" */}}
{{- define "kubewsbridge.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ .image.tag | default .tag }}
{{- end -}}
{{- end }}

{{- define "kubewsbridge.bridgeImage" -}}
{{- include "kubewsbridge.image" (dict "image" .Values.image "tag" (printf "%s%s" .Chart.AppVersion (ternary "-php" "" (eq .Values.mode "php")))) -}}
{{- end }}

{{/* From the end of a worker's input to SIGKILL. */}}
{{- define "kubewsbridge.killSeconds" -}}
{{- add .Values.drain.workerGrace .Values.drain.terminateGrace -}}
{{- end }}

{{- define "kubewsbridge.leastGracePeriod" -}}
{{- add .Values.drain.delay .Values.drain.period (include "kubewsbridge.killSeconds" .) 10 -}}
{{- end }}

{{- define "kubewsbridge.gracePeriod" -}}
{{- .Values.terminationGracePeriodSeconds | default (include "kubewsbridge.leastGracePeriod" .) -}}
{{- end }}

{{/* Most sessions of a pod. */}}
{{- define "kubewsbridge.maxConnections" -}}
{{- if .Values.config.maxConnections -}}
{{- .Values.config.maxConnections -}}
{{- else if has .Values.mode (list "fpm" "inject") -}}
{{- sub .Values.fpm.workers .Values.fpm.reserve -}}
{{- else -}}
256
{{- end -}}
{{- end }}

{{- define "kubewsbridge.stateClaim" -}}
{{- .Values.persistence.existingClaim | default (printf "%s-state" (include "kubewsbridge.fullname" .)) -}}
{{- end }}

{{/* "yes" where the bridge keeps its certificate in Secrets, and talks to Kubernetes' API for that. */}}
{{- define "kubewsbridge.usesSecrets" -}}
{{- if and (eq .Values.tls.mode "automate") (eq .Values.tls.automate.storage "kubernetes") -}}
yes
{{- end -}}
{{- end }}

{{- define "kubewsbridge.port" -}}
{{- ternary 8080 8443 (eq .Values.tls.mode "none") -}}
{{- end }}
