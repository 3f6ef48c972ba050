using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>nginx as a TCP proxy (its <c>stream</c> module): the measure of what a byte proxy in C costs. It does no framing.</summary>
internal sealed class Nginx : IPeer
{
    private const string Module = "/usr/lib/nginx/modules/ngx_stream_module.so";

    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public string Install => "apt-get install nginx libnginx-mod-stream";

    /// <inheritdoc/>
    public Wire Wire => Wire.Raw;

    /// <inheritdoc/>
    public bool IsInstalled => Programs.Find(Name) is not null && File.Exists(Module);

    /// <inheritdoc/>
    public string[] Command(int port, int backEnd, string folder)
    {
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            load_module {{Module}};
            daemon off;
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            error_log stderr error;
            worker_rlimit_nofile 20000;
            events { worker_connections 8192; }
            stream {
                server {
                    listen 127.0.0.1:{{port}} backlog=4096;
                    proxy_pass 127.0.0.1:{{backEnd}};
                    proxy_timeout 1h;
                    tcp_nodelay on;
                }
            }

            """);
        return [Programs.Find(Name)!, "-p", folder, "-e", "stderr", "-c", file];
    }
}
