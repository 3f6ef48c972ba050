namespace KubeWsBridge.Packaging.Charts;

/// <summary>Values that can not work are refused, in a sentence.</summary>
public sealed class RefusalTests
{
    private const string Fpm = "mode: fpm\nscript: /app/a.php\nfpm: {image: {repository: a}";
    private const string Inject = "mode: inject\nscript: /a.php\n";
    private const string Http = "replicas: 1\ntls: {mode: automate, domains: [a]}\npersistence: {enabled: true}\n";
    private const string Secrets = "tls: {mode: automate, domains: [a], automate: {storage: kubernetes, dnsProvider: exec}}\n";

    [Theory]
    [InlineData("mode: fpm\nfpm: {image: {repository: a}}", "mode fpm needs script")]
    [InlineData("mode: fpm\nscript: /a.php", "mode fpm needs fpm.image.repository")]
    [InlineData("mode: forkserver\nscript: /a.php", "mode forkserver needs forkServer.image.repository")]
    [InlineData("code: {files: {a: b}, volume: {emptyDir: {}}}", "code.files and code.volume would be mounted at the same place")]
    [InlineData(Fpm + "}\nconfig: {launcher: fork}", "config.launcher is for mode php")]
    [InlineData("mode: inject\nscript: /a.php\nautoscaling: {enabled: true, targetSessions: 10}", "scale them there")]
    [InlineData("enabled: false", "enabled false does nothing by itself")]
    [InlineData(Fpm + "}\nconfig: {phpArgs: [-n]}", "in mode fpm PHP-FPM runs the handlers: put its settings into fpm.extraPoolConfig")]
    [InlineData(Fpm + "}\nconfig: {phpExecutable: php8.4}", "in mode fpm PHP-FPM runs the handlers: put its settings into fpm.extraPoolConfig")]
    [InlineData(Inject + "config: {phpArgs: [-n]}", "in mode inject PHP-FPM runs the handlers: put its settings into fpm.extraPoolConfig")]
    [InlineData(Inject + "config: {phpExecutable: php8.4}", "in mode inject PHP-FPM runs the handlers: put its settings into fpm.extraPoolConfig")]
    [InlineData("mode: forkserver\nscript: /a.php\nforkServer: {image: {repository: a}}\nconfig: {phpExecutable: php8.4}", "in mode forkserver set forkServer.command")]
    [InlineData("configRaw: {wsPort: 81}", "configRaw.wsPort would work against the chart")]
    [InlineData("configRaw: {wsHost: '::1'}", "configRaw.wsHost would work against the chart")]
    [InlineData("configRaw: {listeners: [{port: 81}]}", "configRaw.listeners would work against the chart")]
    [InlineData("configRaw: {tlsAcmeHttpPort: 81}", "configRaw.tlsAcmeHttpPort would work against the chart")]
    [InlineData("configRaw: {maxConnections: 81}", "configRaw.maxConnections would work against the chart")]
    [InlineData(Fpm + ", workers: 5, reserve: 5}", "fpm.reserve (5) leaves no worker of fpm.workers (5)")]
    [InlineData(Fpm + ", workers: 5}\nconfig: {maxConnections: 6}", "config.maxConnections (6) is more than the pool can serve: fpm.workers - fpm.reserve is 5")]
    [InlineData(Fpm + "}\nconfig: {maxConnections: auto}", "can be auto in mode php only")]
    [InlineData("config: {maxProcesses: auto}\nresources: {limits: {memory: null}}", "needs resources.limits.memory")]
    [InlineData("config: {maxConnections: 6, maxProcesses: 5}", "config.maxProcesses (5) is less than config.maxConnections (6)")]
    [InlineData("config: {maxConnections: 2000000, maxProcesses: 1000000}", "config.maxProcesses (1000000) is less than config.maxConnections (2000000)")]
    [InlineData("management: {open: true, tokenSecret: a}", "management.open lets everybody in")]
    [InlineData("terminationGracePeriodSeconds: 51", "terminationGracePeriodSeconds (51) is less than the drain needs")]
    [InlineData("tls: {mode: manual}", "tls.mode manual needs tls.secretName")]
    [InlineData("tls: {secretName: a}", "tls.secretName is for tls.mode manual, and the mode is none")]
    [InlineData("replicas: 1\ntls: {mode: automate}\npersistence: {enabled: true}", "tls.mode automate needs tls.domains")]
    [InlineData("replicas: 1\ntls: {mode: automate, domains: [a]}", "tls.mode automate needs persistence.enabled or tls.automate.storage kubernetes")]
    [InlineData("tls: {automate: {storage: kubernetes}}", "tls.automate.storage kubernetes is for tls.mode automate, and the mode is none")]
    [InlineData(Secrets + "persistence: {enabled: true, accessModes: [ReadWriteMany]}", "leaves nothing for a volume to keep")]
    [InlineData(Secrets + "mode: inject\nscript: /a.php", "which in mode inject is that of your chart")]
    [InlineData(Secrets + "serviceAccount: {create: false}", "needs serviceAccount.create or serviceAccount.name")]
    [InlineData("configRaw: {tlsStorage: kubernetes}", "configRaw.tlsStorage would work against the chart")]
    [InlineData(Http + "service: {port: 80}", "service.port 80 is where the authority's challenges come in")]
    [InlineData(Http + "wsPort: 8088", "wsPort or management.port is 8088, where the authority's challenges are answered")]
    [InlineData(Http + "management: {port: 8088}", "wsPort or management.port is 8088, where the authority's challenges are answered")]
    [InlineData("replicas: 1\ntls: {mode: automate, domains: [a, '*.a']}\npersistence: {enabled: true}", "tls.domains has the wildcard *.a, which only DNS-01 proves")]
    [InlineData("wsPort: 8081", "wsPort and management.port are both 8081")]
    [InlineData("management: {port: 8080}", "wsPort and management.port are both 8080")]
    [InlineData("management: {port: 8443}\ntls: {mode: internal}", "wsPort and management.port are both 8443")]
    [InlineData("persistence: {enabled: true}", "persistence is for tls.mode internal and automate")]
    [InlineData("tls: {mode: internal}\npersistence: {enabled: true}", "persistence with several pods needs accessModes [ReadWriteMany]")]
    [InlineData("autoscaling: {enabled: true, minReplicas: 5, maxReplicas: 4}", "autoscaling.minReplicas (5) is more than maxReplicas (4)")]
    [InlineData("autoscaling: {enabled: true, targetSessions: 256}", "autoscaling.targetSessions (256) is not below the 256 connections of a pod")]
    [InlineData("autoscaling: {enabled: true, kind: keda}", "autoscaling.kind keda needs autoscaling.keda.serverAddress")]
    [InlineData("pdb: {minAvailable: 2}", "pdb.minAvailable (2) of 2 pods lets no pod be evicted")]
    [InlineData("pdb: {minAvailable: 100%}", "pdb.minAvailable (100%) of 2 pods lets no pod be evicted")]
    [InlineData("pdb: {maxUnavailable: 0}", "pdb.maxUnavailable 0 lets no pod be evicted")]
    [InlineData("pdb: {maxUnavailable: 0%}", "pdb.maxUnavailable 0 lets no pod be evicted")]
    [InlineData("httpRoute: {enabled: true}", "httpRoute.enabled needs httpRoute.parentRefs")]
    [InlineData("ingress: {enabled: true}", "ingress.enabled needs ingress.hosts")]
    [InlineData("metrics: {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}}", "would count everything twice")]
    [InlineData("service: {nodePort: 30000}", "service.nodePort needs service.type NodePort or LoadBalancer")]
    public async Task Combination_ThatCannotWork_IsRefusedInASentence(string values, string sentence)
    {
        var command = await Chart.RenderAsync(values);

        Assert.NotEqual(0, command.ExitCode);
        Assert.Contains(sentence, command.Error, StringComparison.Ordinal);
    }

    /// <summary>What the pods of somebody else's chart do not get. The last one sets several.</summary>
    [Theory]
    [InlineData("replicas: 3", "replicas")]
    [InlineData("imagePullSecrets: [{name: a}]", "imagePullSecrets")]
    [InlineData("podLabels: {a: b}", "podLabels")]
    [InlineData("podAnnotations: {a: b}", "podAnnotations")]
    [InlineData("nodeSelector: {a: b}", "nodeSelector")]
    [InlineData("tolerations: [{key: a}]", "tolerations")]
    [InlineData("affinity: {nodeAffinity: {}}", "affinity")]
    [InlineData("topologySpreadConstraints: [{maxSkew: 1}]", "topologySpreadConstraints")]
    [InlineData("priorityClassName: a", "priorityClassName")]
    [InlineData("minReadySeconds: 6", "minReadySeconds")]
    [InlineData("revisionHistoryLimit: 6", "revisionHistoryLimit")]
    [InlineData("extraContainers: [{name: a}]", "extraContainers")]
    [InlineData("extraInitContainers: [{name: a}]", "extraInitContainers")]
    [InlineData("extraVolumes: [{name: a}]", "extraVolumes")]
    [InlineData("podSecurityContext: {fsGroup: 33}", "podSecurityContext.fsGroup")]
    [InlineData("serviceAccount: {name: a}", "serviceAccount.name")]
    [InlineData("serviceAccount: {annotations: {a: b}}", "serviceAccount.annotations")]
    [InlineData("pdb: {minAvailable: 1}", "pdb.minAvailable")]
    [InlineData("pdb: {maxUnavailable: 2}", "pdb.maxUnavailable")]
    [InlineData("networkPolicy: {clients: [{podSelector: {}}]}", "networkPolicy.clients")]
    [InlineData("networkPolicy: {management: [{podSelector: {}}]}", "networkPolicy.management")]
    [InlineData("networkPolicy: {egress: [{to: [{podSelector: {}}]}]}", "networkPolicy.egress")]
    [InlineData("fpm: {image: {repository: a}}", "fpm.image.repository")]
    [InlineData("fpm: {image: {tag: a}}", "fpm.image.tag")]
    [InlineData("fpm: {image: {digest: 'sha256:0000000000000000000000000000000000000000000000000000000000000000'}}", "fpm.image.digest")]
    [InlineData("fpm: {command: [php-fpm8.4]}", "fpm.command")]
    [InlineData("fpm: {env: [{name: a}]}", "fpm.env")]
    [InlineData("fpm: {resources: {limits: {memory: 1Gi}}}", "fpm.resources")]
    [InlineData("test: {path: /a}", "test.path")]
    [InlineData("test: {message: a}", "test.message")]
    [InlineData("test: {expect: a}", "test.expect")]
    [InlineData("test: {host: a}", "test.host")]
    [InlineData("podLabels: {a: b}\npdb: {minAvailable: 1}\nnodeSelector: {a: b}", "nodeSelector, pdb.minAvailable, podLabels")]
    public async Task Value_ThatModeInjectDoesNotRender_IsNamedInOneSentence(string values, string names)
    {
        var command = await Chart.RenderAsync(Inject + values);

        Assert.NotEqual(0, command.ExitCode);
        Assert.Contains($"say there what they are for: {names}.\n", command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mod: php", "additional properties 'mod' not allowed")]
    [InlineData("config: {maxConections: 5}", "additional properties 'maxConections' not allowed")]
    [InlineData("mode: sidecar", "value must be one of 'php', 'forkserver', 'fpm', 'inject'")]
    [InlineData("replicas: two", "got string, want integer")]
    [InlineData("config: {maxConnections: many}", "/config/maxConnections")]
    [InlineData("service: {port: 70000}", "maximum: got 70,000, want 65,535")]
    [InlineData("wsPort: 70000", "maximum: got 70,000, want 65,535")]
    [InlineData("bindAddress: 10.0.0.1", "value must be one of '0.0.0.0', '::'")]
    [InlineData("enabled: maybe", "got string, want boolean")]
    [InlineData("code: {files: {a/b.php: ''}}", "'a/b.php' does not match pattern")]
    [InlineData("podSecurityContext: {runAsUser: 0}", "/podSecurityContext/runAsUser': minimum: got 0, want 1")]
    [InlineData("autoscaling: {scaleDownStabilization: 3601}", "maximum: got 3,601, want 3,600")]
    [InlineData("drain: {closeCode: 1000}", "/drain/closeCode")]
    [InlineData("script: chat.php", "/script")]
    [InlineData("tls: {automate: {storage: secret}}", "value must be one of 'directory', 'kubernetes'")]
    public async Task Value_ThatTheSchemaForbids_IsRefused(string values, string message)
    {
        var command = await Chart.RenderAsync(values);

        Assert.NotEqual(0, command.ExitCode);
        Assert.Contains(message, command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_OfSeveralKinds_AreSaidAtOnce()
    {
        var command = await Chart.RenderAsync("mode: fpm\ntls: {mode: manual}\nhttpRoute: {enabled: true}");

        foreach (var part in new[] { "needs script", "needs fpm.image.repository", "needs tls.secretName", "needs httpRoute.parentRefs" })
            Assert.Contains(part, command.Error, StringComparison.Ordinal);
    }
}
