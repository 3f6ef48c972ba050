{{/* What no value is wrong about alone. All that is wrong is said at once. */}}
{{- define "kubewsbridge.rules" -}}
{{- $wrong := concat
    (include "kubewsbridge.rules.mode" . | fromJsonArray)
    (include "kubewsbridge.rules.inject" . | fromJsonArray)
    (include "kubewsbridge.rules.config" . | fromJsonArray)
    (include "kubewsbridge.rules.tls" . | fromJsonArray)
    (include "kubewsbridge.rules.scale" . | fromJsonArray)
    (include "kubewsbridge.rules.network" . | fromJsonArray) }}
{{- if $wrong }}
{{- fail (printf "\n- %s" (join "\n- " $wrong)) }}
{{- end }}
{{- end }}

{{- define "kubewsbridge.rules.mode" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- if not $v.enabled }}
{{- $wrong = append $wrong "enabled false does nothing by itself: it is for a chart that has this one as a dependency with condition: kubewsbridge.enabled." }}
{{- end }}
{{- if and (ne $v.mode "php") (not $v.script) (not $v.config.routes) }}
{{- $wrong = append $wrong (printf "mode %s needs script: the path of your handler as PHP sees it." $v.mode) }}
{{- end }}
{{- if and (eq $v.mode "fpm") (not $v.fpm.image.repository) }}
{{- $wrong = append $wrong "mode fpm needs fpm.image.repository: your image with PHP-FPM and your code." }}
{{- end }}
{{- if and (eq $v.mode "forkserver") (not $v.forkServer.image.repository) }}
{{- $wrong = append $wrong "mode forkserver needs forkServer.image.repository: your image with PHP, pcntl, posix and your code." }}
{{- end }}
{{- if and $v.code.files $v.code.volume }}
{{- $wrong = append $wrong "code.files and code.volume would be mounted at the same place; set one of them." }}
{{- end }}
{{- if and (ne $v.mode "php") (ne $v.config.launcher "auto") }}
{{- $wrong = append $wrong (printf "config.launcher is for mode php; mode %s has a launcher of its own, so leave it at auto." $v.mode) }}
{{- end }}
{{- if and (has $v.mode (list "fpm" "inject")) (or $v.config.phpArgs (ne $v.config.phpExecutable "php")) }}
{{- $wrong = append $wrong (printf "config.phpArgs and config.phpExecutable are for PHP's command line program, and in mode %s PHP-FPM runs the handlers: put its settings into fpm.extraPoolConfig, as php_admin_value[memory_limit] = 64M." $v.mode) }}
{{- end }}
{{- if and (eq $v.mode "forkserver") (ne $v.config.phpExecutable "php") }}
{{- $wrong = append $wrong "config.phpExecutable is for mode php; in mode forkserver set forkServer.command." }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{/* What is not rendered where the pods are somebody else's, with the defaults of values.yaml. */}}
{{- define "kubewsbridge.rules.inject" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- if eq $v.mode "inject" }}
{{- if $v.autoscaling.enabled }}
{{- $wrong = append $wrong "In mode inject the pods are those of your chart, so scale them there and set autoscaling.enabled to false." }}
{{- end }}
{{- $lost := list }}
{{- range $name, $default := dict
    "replicas" 2
    "imagePullSecrets" list
    "podLabels" dict
    "podAnnotations" dict
    "nodeSelector" dict
    "tolerations" list
    "affinity" dict
    "topologySpreadConstraints" list
    "priorityClassName" ""
    "minReadySeconds" 5
    "revisionHistoryLimit" 5
    "extraContainers" list
    "extraInitContainers" list
    "extraVolumes" list
    "podSecurityContext.fsGroup" 1654
    "serviceAccount.name" ""
    "serviceAccount.annotations" dict
    "pdb.minAvailable" ""
    "pdb.maxUnavailable" 1
    "networkPolicy.clients" list
    "networkPolicy.management" list
    "networkPolicy.egress" list
    "fpm.image.repository" ""
    "fpm.image.tag" ""
    "fpm.image.digest" ""
    "fpm.command" (list "php-fpm")
    "fpm.env" list
    "fpm.resources" dict
    "test.path" "/"
    "test.message" "Hello from helm test"
    "test.expect" ""
    "test.host" "" }}
{{- $value := $v }}
{{- range splitList "." $name }}{{ $value = index $value . }}{{ end }}
{{- if ne (toJson $value) (toJson $default) }}{{ $lost = append $lost $name }}{{ end }}
{{- end }}
{{- if $lost }}
{{- $wrong = append $wrong (printf "In mode inject the pods are those of your chart, and these values would do nothing; say there what they are for: %s." (join ", " $lost)) }}
{{- end }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{- define "kubewsbridge.rules.config" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- $owned := list "wsHost" "wsPort" "listeners" "managementAddress" "managementOpen" "managementTokenFile" "drainDelay" "drainPeriod" "drainTimeout" "drainCloseCode" "gracePeriod" "workerGrace" "terminateGrace" "launcher" "script" "forkServerDir" "fastcgiAddress" "fastcgiWorkers" "fastcgiReserve" "tlsMode" "tlsCert" "tlsKey" "tlsStorage" "tlsStoragePrefix" "tlsAcmeHttpPort" }}
{{- $owned = concat $owned (keys $v.config) }}
{{- range $key, $_ := $v.configRaw }}
{{- if has $key $owned }}
{{- $wrong = append $wrong (printf "configRaw.%s would work against the chart; use the chart's own value for it." $key) }}
{{- end }}
{{- end }}
{{- $most := include "kubewsbridge.maxConnections" . }}
{{- if has $v.mode (list "fpm" "inject") }}
{{- if ge (int $v.fpm.reserve) (int $v.fpm.workers) }}
{{- $wrong = append $wrong (printf "fpm.reserve (%d) leaves no worker of fpm.workers (%d) for connections." (int $v.fpm.reserve) (int $v.fpm.workers)) }}
{{- else if gt (int $most) (int (sub $v.fpm.workers $v.fpm.reserve)) }}
{{- $wrong = append $wrong (printf "config.maxConnections (%s) is more than the pool can serve: fpm.workers - fpm.reserve is %d." $most (sub $v.fpm.workers $v.fpm.reserve)) }}
{{- end }}
{{- end }}
{{- if has "auto" (list $most (toString $v.config.maxProcesses)) }}
{{- if ne $v.mode "php" }}
{{- $wrong = append $wrong (printf "config.maxConnections and maxProcesses can be auto in mode php only: in mode %s the workers are in another container, whose memory the bridge does not see." $v.mode) }}
{{- else if not (dig "limits" "memory" "" $v.resources) }}
{{- $wrong = append $wrong "config.maxConnections or maxProcesses is auto, which needs resources.limits.memory: without it a pod would take all of its node's." }}
{{- end }}
{{- else if and $v.config.maxProcesses (lt (int64 $v.config.maxProcesses) (int64 $most)) }}
{{- $wrong = append $wrong (printf "config.maxProcesses (%d) is less than config.maxConnections (%s), and each connection needs a worker; leave it empty." (int64 $v.config.maxProcesses) $most) }}
{{- end }}
{{- if and $v.management.open $v.management.tokenSecret }}
{{- $wrong = append $wrong "management.open lets everybody in without the token of management.tokenSecret; set one of them." }}
{{- end }}
{{- $least := include "kubewsbridge.leastGracePeriod" . }}
{{- if lt (include "kubewsbridge.gracePeriod" . | int) (int $least) }}
{{- $wrong = append $wrong (printf "terminationGracePeriodSeconds (%s) is less than the drain needs: delay, period, workerGrace, terminateGrace and 10 s are %s s." (include "kubewsbridge.gracePeriod" .) $least) }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{- define "kubewsbridge.rules.tls" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- /* In mode inject nobody here knows how many there are. */}}
{{- $many := and (ne $v.mode "inject") (or (gt (int $v.replicas) 1) $v.autoscaling.enabled) }}
{{- $shared := or (has "ReadWriteMany" $v.persistence.accessModes) $v.persistence.existingClaim }}
{{- $secrets := eq $v.tls.automate.storage "kubernetes" }}
{{- if and (eq $v.tls.mode "manual") (not $v.tls.secretName) }}
{{- $wrong = append $wrong "tls.mode manual needs tls.secretName: a Secret with tls.crt and tls.key." }}
{{- end }}
{{- if and (ne $v.tls.mode "manual") $v.tls.secretName }}
{{- $wrong = append $wrong (printf "tls.secretName is for tls.mode manual, and the mode is %s." $v.tls.mode) }}
{{- end }}
{{- if eq $v.tls.mode "automate" }}
{{- if not $v.tls.domains }}
{{- $wrong = append $wrong "tls.mode automate needs tls.domains: the names to order a certificate for." }}
{{- end }}
{{- if not (or $v.persistence.enabled $secrets) }}
{{- $wrong = append $wrong "tls.mode automate needs persistence.enabled or tls.automate.storage kubernetes: without either each new pod orders a certificate, and authorities allow few of them." }}
{{- end }}
{{- if not $v.tls.automate.dnsProvider }}
{{- range $v.tls.domains }}
{{- if hasPrefix "*." . }}
{{- $wrong = append $wrong (printf "tls.domains has the wildcard %s, which only DNS-01 proves; set tls.automate.dnsProvider." .) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if $secrets }}
{{- if ne $v.tls.mode "automate" }}
{{- $wrong = append $wrong (printf "tls.automate.storage kubernetes is for tls.mode automate, and the mode is %s." $v.tls.mode) }}
{{- end }}
{{- if $v.persistence.enabled }}
{{- $wrong = append $wrong "tls.automate.storage kubernetes leaves nothing for a volume to keep; set persistence.enabled to false." }}
{{- end }}
{{- if eq $v.mode "inject" }}
{{- $wrong = append $wrong "tls.automate.storage kubernetes needs rights for the pods' service account, which in mode inject is that of your chart; use persistence." }}
{{- else if not (or $v.serviceAccount.create $v.serviceAccount.name) }}
{{- $wrong = append $wrong "tls.automate.storage kubernetes needs serviceAccount.create or serviceAccount.name: the namespace's default account would let all its pods read Secrets." }}
{{- end }}
{{- end }}
{{- if and $v.persistence.enabled (not (has $v.tls.mode (list "internal" "automate"))) }}
{{- $wrong = append $wrong (printf "persistence is for tls.mode internal and automate; with %s there is nothing to keep." $v.tls.mode) }}
{{- end }}
{{- if and $v.persistence.enabled $many (not $shared) }}
{{- $wrong = append $wrong "persistence with several pods needs accessModes [ReadWriteMany], or a claim of yours (persistence.existingClaim) that has it." }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{- define "kubewsbridge.rules.scale" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- $most := include "kubewsbridge.maxConnections" . }}
{{- if $v.autoscaling.enabled }}
{{- if gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas) }}
{{- $wrong = append $wrong (printf "autoscaling.minReplicas (%d) is more than maxReplicas (%d)." (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) }}
{{- end }}
{{- if and (ne $most "auto") (ge (int $v.autoscaling.targetSessions) (int $most)) }}
{{- $wrong = append $wrong (printf "autoscaling.targetSessions (%d) is not below the %s connections of a pod: it would be full before another one starts." (int $v.autoscaling.targetSessions) $most) }}
{{- end }}
{{- if and (eq $v.autoscaling.kind "keda") (not $v.autoscaling.keda.serverAddress) }}
{{- $wrong = append $wrong "autoscaling.kind keda needs autoscaling.keda.serverAddress: the URL of Prometheus." }}
{{- end }}
{{- end }}
{{- if and $v.pdb.enabled (ne $v.mode "inject") }}
{{- $fewest := ternary $v.autoscaling.minReplicas $v.replicas $v.autoscaling.enabled | int }}
{{- $least := include "kubewsbridge.pods" $v.pdb.minAvailable }}
{{- if eq $least "" }}
{{- if has (include "kubewsbridge.pods" $v.pdb.maxUnavailable) (list "0" "0%") }}
{{- $wrong = append $wrong "pdb.maxUnavailable 0 lets no pod be evicted, so no node could be drained." }}
{{- end }}
{{- else if or (eq $least "100%") (and (not (contains "%" $least)) (ge (int $least) $fewest)) }}
{{- $wrong = append $wrong (printf "pdb.minAvailable (%s) of %d pods lets no pod be evicted, so no node could be drained." $least $fewest) }}
{{- end }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{- define "kubewsbridge.rules.network" -}}
{{- $v := .Values }}
{{- $wrong := list }}
{{- $ports := list (include "kubewsbridge.port" .) (toString (int $v.management.port)) }}
{{- if eq (first $ports) (last $ports) }}
{{- $wrong = append $wrong (printf "wsPort and management.port are both %s; one of them must be another." (first $ports)) }}
{{- end }}
{{- if include "kubewsbridge.usesHttp01" . }}
{{- $acme := include "kubewsbridge.acmeHttpPort" . }}
{{- if has $acme $ports }}
{{- $wrong = append $wrong (printf "wsPort or management.port is %s, where the authority's challenges are answered; take another one." $acme) }}
{{- end }}
{{- if eq (include "kubewsbridge.servicePort" .) "80" }}
{{- $wrong = append $wrong "service.port 80 is where the authority's challenges come in (tls.mode automate without tls.automate.dnsProvider); leave it empty for 443." }}
{{- end }}
{{- end }}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) }}
{{- $wrong = append $wrong "httpRoute.enabled needs httpRoute.parentRefs: the Gateway the route belongs to." }}
{{- end }}
{{- if and $v.ingress.enabled (not $v.ingress.hosts) }}
{{- $wrong = append $wrong "ingress.enabled needs ingress.hosts." }}
{{- end }}
{{- if and $v.metrics.serviceMonitor.enabled $v.metrics.podMonitor.enabled }}
{{- $wrong = append $wrong "metrics.serviceMonitor and metrics.podMonitor would count everything twice; enable one of them." }}
{{- end }}
{{- if and $v.service.nodePort (eq $v.service.type "ClusterIP") }}
{{- $wrong = append $wrong "service.nodePort needs service.type NodePort or LoadBalancer." }}
{{- end }}
{{- toJson $wrong }}
{{- end }}
