namespace KubeWsBridge.Packaging.Charts;

/// <summary>The values that the chart is rendered with.</summary>
public static class ValueMatrix
{
    /// <summary>The chart as a dependency of another one.</summary>
    public const string Site = "site";

    /// <summary>The same with a preStop that sleeps.</summary>
    public const string SleepingSite = "site-sleep";

    /// <summary>The same with other ports, an authority's certificate and a configuration that replaces no pods.</summary>
    public const string LiveSite = "site-live";

    private const string Fpm = "mode: fpm\nscript: /app/chat.php\nfpm: {image: {repository: example.test/shop}}\n";
    private const string Fork = "mode: forkserver\nscript: /app/chat.php\nforkServer: {image: {repository: example.test/shop}, preload: /app/bootstrap.php}\n";

    private static readonly Dictionary<string, string> Cases = new()
    {
        ["php"] = "",
        ["fpm"] = Fpm,
        ["fpm-live"] = Fpm + "configRollout: false",
        ["forkserver"] = Fork,
        ["inject"] = "mode: inject\nscript: /app/chat.php",
        ["php-code"] = "script: /app/chat.php\ncode: {files: {chat.php: '<?php echo 1;'}}\nconfig: {launcher: fork, phpArgs: [-d, memory_limit=64M]}",
        ["php-volume"] = "script: /app/chat.php\ncode: {volume: {persistentVolumeClaim: {claimName: code}}}",
        ["php-routes"] = "config: {routes: [{path: /chat, script: /app/chat.php, maxConnections: 10}]}\nconfigRaw: {tailTimeout: 2s}",
        ["fpm-manual-tls"] = Fpm + "tls: {mode: manual, secretName: web-tls}\nmanagement: {tokenSecret: operator}",
        ["fpm-reserve"] = Fpm.Replace("{repository: example.test/shop}", "{repository: example.test/shop, digest: 'sha256:" + new string('a', 64) + "'}, workers: 20, reserve: 5, extraPoolConfig: 'php_admin_value[memory_limit] = 64M', env: [{name: APP_ENV, value: prod}], resources: {limits: {memory: 1Gi}}"),
        ["forkserver-internal-tls"] = Fork + "tls: {mode: internal, domains: [example.test]}",
        ["automate"] = "tls: {mode: automate, domains: ['*.example.test'], automate: {email: ops@example.test, directory: 'https://ca.example.test/dir', dnsProvider: cloudflare, dnsParams: [api_token_file=/etc/kubewsbridge/dns/token], dnsSecret: dns}}\npersistence: {enabled: true, accessModes: [ReadWriteMany], storageClass: nfs}",
        ["automate-own-claim"] = "replicas: 1\ntls: {mode: automate, domains: [example.test]}\npersistence: {enabled: true, existingClaim: mine}",
        ["automate-http"] = "replicas: 3\ntls: {mode: automate, domains: [example.test]}\npersistence: {enabled: true, accessModes: [ReadWriteMany]}\nnetworkPolicy: {clients: [{podSelector: {}}]}\n" + """
            extraObjects:
              - apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web-acme}
                spec:
                  parentRefs: [{name: public, namespace: gateways, sectionName: http}]
                  hostnames: [ws.example.com]
                  rules:
                    - matches: [{path: {type: PathPrefix, value: /.well-known/acme-challenge/}}]
                      backendRefs: [{name: web-kubewsbridge, port: 80}]
            """,
        ["internal-alone"] = "replicas: 1\ntls: {mode: internal}\npersistence: {enabled: true, accessModes: [ReadWriteOncePod]}",
        ["inject-state"] = "mode: inject\nscript: /app/chat.php\ntls: {mode: internal}\npersistence: {enabled: true}",
        ["ports"] = "bindAddress: '::'\nwsPort: 9000\nmanagement: {port: 9001}\nservice: {port: 8000, appProtocol: tcp}",
        ["auto"] = "config: {maxConnections: auto}\nautoscaling: {enabled: true}",
        ["auto-keda"] = "config: {maxConnections: auto, maxProcesses: auto}\nautoscaling: {enabled: true, kind: keda, targetPercent: 55, keda: {serverAddress: 'http://prometheus:9090'}}",
        ["automate-secrets"] = Fpm + "replicas: 3\ntls: {mode: automate, domains: ['*.example.test'], automate: {storage: kubernetes, dnsProvider: cloudflare, dnsSecret: dns}}",
        ["hpa"] = "autoscaling: {enabled: true}\npdb: {maxUnavailable: 50%}",
        ["hpa-slow"] = "autoscaling: {enabled: true, scaleDownStabilization: 3600}\ndrain: {period: 3600}",
        ["keda"] = Fpm + "autoscaling: {enabled: true, kind: keda, targetSessions: 40, keda: {serverAddress: 'http://prometheus:9090'}}",
        ["long-name"] = "fullnameOverride: " + new string('a', 60) + "\nautoscaling: {enabled: true, kind: keda, keda: {serverAddress: 'http://prometheus:9090'}}",
        ["gateway-tls"] = "httpRoute: {enabled: true, parentRefs: [{name: public}]}\ntls: {mode: manual, secretName: web-tls}\nconfig: {trustedProxies: [private]}",
        ["gateway"] = "httpRoute: {enabled: true, parentRefs: [{name: public, namespace: gateways}], hostnames: [ws.example.test], annotations: {a: b}}\nconfig: {trustedProxies: [private], origins: ['https://example.test']}",
        ["ingress"] = "ingress: {enabled: true, className: haproxy, hosts: [ws.example.test], tlsSecret: web-tls}",
        ["monitoring"] = "metrics: {serviceMonitor: {enabled: true, labels: {release: prometheus}}, rules: {enabled: true}, dashboard: {enabled: true}}",
        ["pod-monitor"] = "metrics: {podMonitor: {enabled: true}}",
        ["network"] = "service: {type: NodePort, nodePort: 30080, annotations: {a: b}}\nnetworkPolicy: {clients: [{namespaceSelector: {matchLabels: {name: gateways}}}], management: [{podSelector: {}}], egress: [{to: [{podSelector: {}}]}]}",
        ["all-of-a-pod"] = """
            nameOverride: ws
            commonLabels: {team: shop}
            imagePullSecrets: [{name: registry}]
            env: [{name: TZ, value: UTC}]
            envFrom: [{secretRef: {name: app}}]
            extraVolumes: [{name: cache, emptyDir: {}}]
            extraVolumeMounts: [{name: cache, mountPath: /cache}]
            podAnnotations: {a: b}
            podLabels: {c: d}
            nodeSelector: {disk: ssd}
            tolerations: [{key: gpu, operator: Exists}]
            affinity: {nodeAffinity: {}}
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
            priorityClassName: high
            pdb: {minAvailable: 1}
            serviceAccount: {create: false, name: mine}
            management: {open: true}
            drain: {delay: 10, period: 120, closeCode: 1001}
            configRollout: false
            extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ .Release.Name }}-more'}, data: {a: b}}]
            """,
    };

    /// <summary>Values of the site, which has the chart as a dependency, by the names of the cases.</summary>
    public static IReadOnlyDictionary<string, string> Sites { get; } = new Dictionary<string, string>
    {
        [Site] = "",
        [SleepingSite] = "kubewsbridge: {inject: {preStop: sleep}}",
        [LiveSite] = "kubewsbridge: {configRollout: false, wsPort: 9000, management: {port: 9001}, tls: {mode: automate, domains: [example.test]}, persistence: {enabled: true}}",
    };

    /// <summary>The names of the cases that helm renders from the chart itself.</summary>
    public static IEnumerable<string> Names => Cases.Keys;

    /// <summary>All cases.</summary>
    public static TheoryData<string> All => [.. Names, .. Sites.Keys];

    /// <summary>The cases of the chart itself.</summary>
    public static TheoryData<string> Own => [.. Names];

    /// <summary>The values of a case, as YAML.</summary>
    public static string Values(string name) => Cases[name];
}
