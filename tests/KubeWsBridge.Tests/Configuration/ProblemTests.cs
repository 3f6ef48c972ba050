namespace KubeWsBridge.Tests.Configuration;

public sealed class ProblemTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void AllSources_EachWrong_AreToldAtOnceWithTheirPlaces()
    {
        _sandbox.Environment["WSS_CONFIG_MAX_PROCESSES"] = "0";
        _sandbox.Environment["WSS_CONFIG_SCRIPT"] = "/nowhere/x.php";
        var problems = _sandbox.ProblemsOfYaml(
            """
            # comment
            maxConnections: many
            maxConectoins: 3
            origins:
              - https://good
              - bad
            """, "-P99999", "--launcher", "forc", "-e/nowhere/php");
        Assert.Equal(
            [
                "launcher = \"forc\" (--launcher): is not known; did you mean fork? Give auto, process, pool, fork or fastcgi.",
                "maxConectoins (kwb.yaml:3): is not known. Did you mean maxConnections?",
                "maxConnections = \"many\" (kwb.yaml:2): is not a whole number. Give a whole number from 1 to 1000000000, or auto.",
                "maxProcesses = \"0\" (WSS_CONFIG_MAX_PROCESSES): is too small. Give a whole number from 1 to 1000000000, or auto.",
                "origins = \"bad\" (kwb.yaml:6): has no scheme. Give an origin such as https://example.com, https://example.com:8443 or https://*.example.com.",
                "phpExecutable = \"/nowhere/php\" (-e): does not exist. Give the path of an executable, or a name that is in PATH.",
                "script = \"/nowhere/x.php\" (WSS_CONFIG_SCRIPT): does not exist. Give the path of a PHP script.",
                "wsPort = \"99999\" (-P): is too large. Give a whole number from 0 to 65535.",
            ],
            problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NothingSet_OnlyProgramAndScript_AreRequired() =>
        Assert.Equal(
            [
                "phpExecutable (not set): is required. Set --php-executable, WSS_CONFIG_PHP_EXECUTABLE, or phpExecutable in the file "
                    + "to the path of an executable, or a name that is in PATH.",
                "script (not set): is required. Set --script, WSS_CONFIG_SCRIPT, or script in the file to the path of a PHP script.",
            ],
            _sandbox.LoadBare().Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("--write-buffer-size=2k --max-write-buffer-size=1k",
        "maxWriteBufferSize = \"1024\" (--max-write-buffer-size): leaves maxWriteBufferSize (1024) below writeBufferSize (2048). "
        + "Make --max-write-buffer-size at least --write-buffer-size.")]
    [InlineData("--write-buffer-size=32m",
        "writeBufferSize = \"33554432\" (--write-buffer-size): leaves maxWriteBufferSize (16777216) below writeBufferSize (33554432). "
        + "Make --max-write-buffer-size at least --write-buffer-size.")]
    [InlineData("--proxy-protocol",
        "proxyProtocol = \"true\" (--proxy-protocol): needs to know which proxies to believe. "
        + "Name their network: --trusted-proxy 10.0.0.0/8, for example.")]
    [InlineData("--tcp-bind unix:/run/kwb.sock --tcp-port 9001",
        "tcpPort = \"9001\" (--tcp-port): does not go with a unix socket, which has no port: tcpBind is unix:/run/kwb.sock (--tcp-bind). "
        + "Remove --tcp-port, or give --tcp-bind an address such as 127.0.0.1.")]
    [InlineData("--tcp-bind unix:",
        "tcpBind = \"unix:\" (--tcp-bind): names no path. Add it: unix:/run/kubewsbridge/workers.sock")]
    [InlineData("--tcp-bind unix:kwb.sock",
        "tcpBind = \"unix:kwb.sock\" (--tcp-bind): has a path that does not begin with a slash. "
        + "Give all of it, as in unix:/run/kubewsbridge/workers.sock")]
    [InlineData("-B unix://run/kwb.sock",
        "tcpBind = \"unix://run/kwb.sock\" (-B): has a path that does not begin with a slash. "
        + "Give all of it, as in unix:/run/kubewsbridge/workers.sock")]
    [InlineData("--tcp-bind unix:/run/",
        "tcpBind = \"unix:/run/\" (--tcp-bind): names a directory. Add a name for the socket, as in unix:/run/kubewsbridge/workers.sock")]
    [InlineData("--tcp-bind worker",
        "tcpBind = \"worker\" (--tcp-bind): is not an IP address. Give an IPv4 or IPv6 address of this machine, localhost, or unix:/path.")]
    [InlineData("--data-path sokcet", "dataPath = \"sokcet\" (--data-path): is not known; did you mean socket? Give auto, stream or socket.")]
    [InlineData("--drain-close-code 1000", "drainCloseCode = \"1000\" (--drain-close-code): is no close code of a drain. Give 1001 or 1012.")]
    [InlineData("--management-address :9090",
        "managementAddress = \":9090\" (--management-address): has no address before the port. Write 127.0.0.1:9090 for this machine only, or 0.0.0.0:9090.")]
    [InlineData("--fastcgi-address :9000",
        "fastcgiAddress = \":9000\" (--fastcgi-address): is no address of PHP-FPM. Give the pool's listen, as in 127.0.0.1:9000 or unix:/run/php/ws.sock")]
    [InlineData("--launcher fastcgi --script /srv/chat.php",
        "launcher = \"fastcgi\" (--launcher): needs to know where PHP-FPM listens. Give --fastcgi-address the pool's listen, such as unix:/run/php/ws.sock")]
    [InlineData("--launcher fastcgi --script /srv/chat.php --fastcgi-address fpm:9000",
        "launcher = \"fastcgi\" (--launcher): needs to know how many workers the PHP-FPM pool has, or it could take all of them. "
        + "Give --fastcgi-workers the pool's pm.max_children, or --fastcgi-status-path its pm.status_path.")]
    [InlineData("--launcher fastcgi --script chat.php --fastcgi-address fpm:9000 --fastcgi-workers 5",
        "script = \"chat.php\" (--script): is not a whole path, and PHP-FPM has a working directory of its own. "
        + "Give the path as PHP-FPM sees it, beginning with a slash.")]
    [InlineData("--launcher fastcgi --script /srv/chat.php --fastcgi-address fpm:9000 --fastcgi-workers 5 --fastcgi-reserve 5",
        "fastcgiReserve = \"5\" (--fastcgi-reserve): leaves none of the pool's 5 workers (fastcgiWorkers) for connections. "
        + "Lower it, or raise pm.max_children and --fastcgi-workers.")]
    [InlineData("--launcher fastcgi --script /srv/chat.php --fastcgi-address fpm:9000 --fastcgi-status-path status",
        "fastcgiStatusPath = \"status\" (--fastcgi-status-path): does not begin with a slash. Give the pool's pm.status_path, such as /status")]
    [InlineData("--pool-size -1", "poolSize = \"-1\" (--pool-size): is too small. Give a whole number from 0 to 10000.")]
    [InlineData("--fork-preload /nowhere/p.php", "forkPreload = \"/nowhere/p.php\" (--fork-preload): does not exist. Give the path of a PHP file.")]
    [InlineData("--pool-preload /nowhere/p.php", "poolPreload = \"/nowhere/p.php\" (--pool-preload): does not exist. Give the path of a PHP file.")]
    [InlineData("--upgrade erly", "upgrade = \"erly\" (--upgrade): is not known; did you mean early? Give ready or early.")]
    [InlineData("--working-directory /nowhere",
        "workingDirectory = \"/nowhere\" (--working-directory): is not a directory that exists. Give the path of a directory.")]
    [InlineData("--script=", "script = \"\" (--script): is empty. Give the path of a PHP script.")]
    [InlineData("-e phq", "phpExecutable = \"phq\" (-e): is not found in PATH. Install PHP's command line program, or give its whole path.")]
    public void Value_Wrong_IsTheOneProblem(string arguments, string problem) =>
        Assert.Equal(problem, Assert.Single(_sandbox.Load(arguments.Split(' ')).Problems).ToString());

    [Fact]
    public void Executable_WithoutPermission_IsAProblem()
    {
        var file = _sandbox.Write("notexecutable", "");
        var problem = Assert.Single(_sandbox.Load("-e", file).Problems);
        Assert.Equal(("is not executable.", $"Run \"chmod +x {file}\", or give another path."), (problem.Message, problem.Fix));
    }

    [Fact]
    public void ExecutableAndScript_Directories_AreProblems() =>
        Assert.All(_sandbox.Load("-e", _sandbox.Folder, "-s", _sandbox.Folder).Problems, problem => Assert.Equal("is a directory.", problem.Message));

    [Fact]
    public void Script_RelativeAndMissing_SaysWhereItWasLookedFor()
    {
        var problem = Assert.Single(_sandbox.Load("-s", "missing.php", "--working-directory", _sandbox.Folder).Problems);
        Assert.Contains(Path.Combine(_sandbox.Folder, "missing.php"), problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void TcpBind_NotLoopback_IsWarnedAbout()
    {
        Assert.Contains("is not a loopback address", Assert.Single(_sandbox.LoadSound("-B0.0.0.0").Warnings), StringComparison.Ordinal);
        Assert.Empty(_sandbox.LoadSound("-B::1").Warnings);
        Assert.Empty(_sandbox.LoadSound("-Blocalhost").Warnings);
    }

    [Theory]
    [InlineData("--grace-period=30 --drain-delay=10", "but a drain needs 32 s: delay 10 + period 5 + workers 7 + 10 to spare")]
    [InlineData("--drain-period=30", "drainPeriod (--drain-period) is 30 s, but can be 23 s at most: drainTimeout (default) is 30 s, and the last sessions need 7 s")]
    [InlineData("--drain-period=4 --drain-timeout=4", "drainPeriod (--drain-period) is 4 s, but can be 2 s at most: drainTimeout (--drain-timeout) is 4 s")]
    [InlineData("--drain-period=29 --worker-grace=0 --terminate-grace=0", "but can be 28 s at most")]
    public void Drain_DoesNotFit_IsAWarning(string arguments, string warning) =>
        Assert.Contains(warning, Assert.Single(_sandbox.LoadSound(arguments.Split(' ')).Warnings), StringComparison.Ordinal);

    [Fact]
    public void Drain_Fits_IsNoReasonForAWarning() => Assert.Empty(_sandbox.LoadSound("--grace-period=32", "--drain-delay=10").Warnings);

    [Fact]
    public void Drain_AsTheChartMakesIt_IsNoReasonForAWarning() =>
        Assert.Empty(_sandbox.LoadSound("--drain-delay=5", "--drain-period=30", "--drain-timeout=37", "--grace-period=52").Warnings);

    [Fact]
    public void TcpBind_UnixSocket_IsNoReasonForAWarning() => Assert.Empty(_sandbox.LoadSound("-Bunix:/run/kwb.sock", "--tcp-port=0").Warnings);

    [Fact]
    public void TcpBind_UnixSocketOfOneByteTooMany_SaysHowManyThereMayBe()
    {
        Assert.Empty(_sandbox.LoadSound("-Bunix:/" + new string('x', 106)).Warnings);
        // Each is two bytes in UTF-8.
        var problem = Assert.Single(_sandbox.Load("-Bunix:/" + new string('ü', 53) + "x").Problems);
        Assert.Equal("has a path of 108 bytes, and Linux takes 107 at most.", problem.Message);
    }

    [Fact]
    public void Variable_Unknown_IsOnlyWarnedAbout()
    {
        _sandbox.Environment["WSS_CONFIG_MAX_CONECTIONS"] = "3";
        _sandbox.Environment["WSS_CONFIG_QQQQQQ"] = "3";
        _sandbox.Environment["WSS_ENABLED"] = "1";
        Assert.Equal(
            [
                "WSS_CONFIG_MAX_CONECTIONS is not known and ignored; did you mean WSS_CONFIG_MAX_CONNECTIONS?",
                "WSS_CONFIG_QQQQQQ is not known and ignored.",
            ],
            _sandbox.LoadSound().Warnings);
    }

    [Fact]
    public void Variable_InTwoSpellings_TheMainOneWinsWithAWarning()
    {
        _sandbox.Environment["WSS_CONFIG_MAX_WRITE_BUFFER"] = "1m";
        _sandbox.Environment["WSS_CONFIG_MAX_WRITE_BUFFER_SIZE"] = "2m";
        var configuration = _sandbox.LoadSound();
        Assert.Equal(1 << 20, configuration.Program.MaxWriteBufferSize);
        Assert.Equal(
            ["WSS_CONFIG_MAX_WRITE_BUFFER_SIZE is ignored because WSS_CONFIG_MAX_WRITE_BUFFER is set and means the same."],
            configuration.Warnings);
    }

    [Fact]
    public void Secret_InAProblem_IsMasked()
    {
        var problem = Assert.Single(_sandbox.Load("--tls-mode", "automate", "--tls-domain", "a.test", "--tls-eab-mac-key", "geheim").Problems);
        Assert.Equal("tlsEabMacKey = \"***\" (--tls-eab-mac-key): needs tlsEabKeyId beside it. Set --tls-eab-key-id, or remove it.", problem.ToString());
    }
}
