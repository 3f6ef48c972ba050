namespace KubeWsBridge.Benchmarks.Targets.Tls;

/// <summary>nginx, which ends TLS in front of the plain bridge.</summary>
internal sealed class TlsNginx(BridgeContender bridge, TlsCertificate certificate) : IContender
{
    /// <inheritdoc/>
    public string Name => Peers.Reference;

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => Programs.Find("nginx") is not null;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => bridge.Takes(handler);

    /// <inheritdoc/>
    public ITarget Start(Handler handler)
    {
        var behind = bridge.Start(handler);
        try
        {
            return new TlsNginxTarget(behind, port => Command(port, behind.Port, bridge.Workers.NewFolder("nginx")), bridge.Workers.Folder);
        }
        catch
        {
            behind.Dispose();
            throw;
        }
    }

    private string[] Command(int port, int bridgePort, string folder)
    {
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            error_log stderr error;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                ssl_session_cache shared:SSL:10m;
                ssl_protocols TLSv1.2 TLSv1.3;
                map $http_upgrade $kind { default upgrade; '' close; }
                server {
                    listen 127.0.0.1:{{port}} ssl backlog=4096;
                    ssl_certificate {{certificate.Chain}};
                    ssl_certificate_key {{certificate.Key}};
                    location / {
                        proxy_pass http://127.0.0.1:{{bridgePort}};
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $kind;
                        proxy_set_header Host $host;
                        proxy_read_timeout 1h;
                        proxy_send_timeout 1h;
                    }
                }
            }

            """);
        return [Programs.Find("nginx")!, "-p", folder, "-e", "stderr", "-c", file];
    }
}
