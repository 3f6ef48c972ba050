{{- define "kubewsbridge.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* With "-management" behind it, it is still a Service's name, which has 63 characters at most. */}}
{{- define "kubewsbridge.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "kubewsbridge.name" . -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 52 | trimSuffix "-" -}}
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
{{ include "kubewsbridge.plainLabels" . }}
{{- end }}

{{/* Those that select nothing. */}}
{{- define "kubewsbridge.plainLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The pod of "helm test" is a client: no selector of ours may take it for a bridge. */}}
{{- define "kubewsbridge.testLabels" -}}
kubewsbridge.io/test: {{ include "kubewsbridge.fullname" . }}
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
{{- .Values.terminationGracePeriodSeconds | default (include "kubewsbridge.leastGracePeriod" .) | int64 -}}
{{- end }}

{{/* Most sessions of a pod. Numbers of a values file are floating point: from a million on they print as 1e+06, and are converted wherever they are printed. */}}
{{- define "kubewsbridge.maxConnections" -}}
{{- if eq (toString .Values.config.maxConnections) "auto" -}}
auto
{{- else if .Values.config.maxConnections -}}
{{- .Values.config.maxConnections | int64 -}}
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
{{- .Values.wsPort | default (ternary 8080 8443 (eq .Values.tls.mode "none")) | int64 -}}
{{- end }}

{{- define "kubewsbridge.servicePort" -}}
{{- .Values.service.port | default (ternary 80 443 (eq .Values.tls.mode "none")) | int64 -}}
{{- end }}

{{/* "yes" where the bridge answers HTTP-01: without a DNS provider, unless configRaw.tlsAcmeChallenge says other. */}}
{{- define "kubewsbridge.usesHttp01" -}}
{{- $asked := .Values.configRaw.tlsAcmeChallenge | default (ternary "dns-01" "http-01" (ne .Values.tls.automate.dnsProvider "")) -}}
{{- if and (eq .Values.tls.mode "automate") (contains "http-01" (toString $asked)) -}}
yes
{{- end -}}
{{- end }}

{{/* In the pod; the authority comes to port 80 of the name. */}}
{{- define "kubewsbridge.acmeHttpPort" -}}
8088
{{- end }}

{{/* "yes" where a volume of this chart's is one that only one pod can hold. */}}
{{- define "kubewsbridge.holdsVolumeAlone" -}}
{{- $p := .Values.persistence -}}
{{- if and $p.enabled (not $p.existingClaim) (not (has "ReadWriteMany" $p.accessModes)) -}}
yes
{{- end -}}
{{- end }}
