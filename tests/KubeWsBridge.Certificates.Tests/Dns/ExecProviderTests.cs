using KubeWsBridge.Certificates.Dns;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class ExecProviderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwb-exec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Program_Called_GetsVerbNameAndValue()
    {
        var provider = Program($"""echo "$# $1 $2 $3 $DNS_ZONE $DNS_TTL" >> {_folder}/calls""");
        await provider.AddAsync(Record("a value with 'quotes' and $HOME"), default);
        await provider.RemoveAsync(Record("v"), default);
        Assert.Equal(
            [
                "3 present _acme-challenge.www.example.test. a value with 'quotes' and $HOME example.test 60",
                "3 cleanup _acme-challenge.www.example.test. v example.test 60",
            ],
            File.ReadAllLines(Path.Combine(_folder, "calls")));
    }

    [Fact]
    public async Task Program_Fails_SaysStatusAndItsWords()
    {
        var e = await FailsAsync(() => Program("echo working; echo no such zone >&2; exit 3").AddAsync(Record("v"), default));
        Assert.Contains("present ended with status 3: no such zone", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_PrintsMuch_IsNotStuck() =>
        await Program("head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero").AddAsync(Record("v"), default);

    [Fact]
    public async Task Program_NotThere_IsSaid()
    {
        var e = await FailsAsync(() => Create("exec", $"command={_folder}/nothing").AddAsync(Record("v"), default));
        Assert.Contains($"exec: {_folder}/nothing cannot be started", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_CalledOff_IsKilled()
    {
        using var source = new CancellationTokenSource();
        var provider = Program($"echo $$ > {_folder}/pid.tmp; mv {_folder}/pid.tmp {_folder}/pid; exec sleep 100");
        var added = provider.AddAsync(Record("v"), source.Token);
        while (!File.Exists(Path.Combine(_folder, "pid")) && !added.IsCompleted)
            await Task.Delay(10);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => added);
        var process = $"/proc/{File.ReadAllText(Path.Combine(_folder, "pid")).Trim()}/stat";
        // Killed, but perhaps not yet collected by its parent.
        while (File.Exists(process) && !File.ReadAllText(process).Contains(") Z", StringComparison.Ordinal))
            await Task.Delay(10);
    }

    private IDnsProvider Program(string script)
    {
        var path = Path.Combine(_folder, "program");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Create("exec", $"command={path}");
    }
}
