using System.Globalization;
using System.Net;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Mapping;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;
using KubeWsBridge.Hosting.Draining;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>Options of the main table that must fit each other, and combinations that are more likely slips than wishes.</summary>
internal sealed class ProgramChecks(ICollection<ConfigurationProblem> problems, ICollection<string> warnings)
{
    /// <summary>Checks the main table against itself and against the routes.</summary>
    public void Check(OptionValues values, IReadOnlyList<OptionValues> routes)
    {
        CheckWriteBuffers(values);
        CheckProxyProtocol(values);
        CheckDataPath(values);
        CheckWorkerPort(values);
        CheckManagement(values);
        CheckAutoLimits(values, routes);
        WarnOfOpenRendezvous(values);
        WarnOfUnusedDefaults(values, routes);
        WarnOfShortDrain(values);
    }

    private void CheckWriteBuffers(OptionValues values)
    {
        var (size, most) = (WebSocketTuningOptions.WriteBufferSize, WebSocketTuningOptions.MaxWriteBufferSize);
        if (!values.AreSound(size, most) || values.Get(most) >= values.Get(size))
            return;
        // Blame the one somebody wrote.
        var blamed = values[most].IsSet ? most : size;
        Complain(values[blamed], new Flaw(
            $"leaves {most} ({Print(values[most])}) below {size} ({Print(values[size])}).",
            $"Make --{most.Flag} at least --{size.Flag}."));
    }

    private void CheckProxyProtocol(OptionValues values)
    {
        var trusted = ClientOptions.TrustedProxies;
        if (values.Get(ClientOptions.ProxyProtocol) && values.AreSound(trusted) && values.List(trusted).Count == 0)
            Complain(values[ClientOptions.ProxyProtocol], new Flaw("needs to know which proxies to believe.",
                $"Name their network: --{trusted.Flag} 10.0.0.0/8, for example."));
    }

    private void CheckDataPath(OptionValues values)
    {
        var dataPath = ProgramOptionTable.DataPath;
        if (values.Get(dataPath) == DataPath.Socket && !SocketListenerFactory.IsSupported)
            Complain(values[dataPath], new Flaw("needs Linux.", $"Use --{dataPath.Flag} auto."));
    }

    private void CheckAutoLimits(OptionValues values, IReadOnlyList<OptionValues> routes)
    {
        OptionDefinition<int>[] limits = [CoreOptions.MaxConnections, CoreOptions.MaxProcesses];
        foreach (var limit in limits.Where(limit => values.AreSound(limit) && values.Get(limit) == AdmissionOptions.Auto))
        {
            if (!OperatingSystem.IsLinux())
                Complain(values[limit], new Flaw("needs Linux, which tells how much memory is left.", $"Give --{limit.Flag} a number."));
            else if (routes.Any(HasForeignWorkers))
                warnings.Add($"{values[limit].Key} is auto, but workers of PHP-FPM or of a fork server in another container take that container's memory, "
                    + $"which is not seen here; give a number for them, or one per route (--{CoreOptions.MaxProcesses.Flag}, --{RouteOptionTable.MaxConnections.Flag}).");
            foreach (var other in limits.Where(other => other != limit && !values[other].IsSet))
                warnings.Add($"{values[limit].Key} is auto, but {values[other].Key} is still {Print(values[other])}, and the lesser one counts: set --{other.Flag} auto too.");
        }
    }

    private static bool HasForeignWorkers(OptionValues route) =>
        (route.AreSound(WorkerOptions.Launcher) && route.Get(WorkerOptions.Launcher) == FastCgiChecks.Launcher)
        || route[WorkerOptions.ForkServerDir].IsSet;

    private void CheckWorkerPort(OptionValues values)
    {
        var (bind, port) = (CoreOptions.TcpBind, CoreOptions.TcpPort);
        if (values.AreSound(bind, port) && UnixSocketPath.TryRead(values.Get(bind), out _) && values.Get(port) != 0)
            Complain(values[port], new Flaw($"does not go with a unix socket, which has no port: {bind} is {Print(values[bind])} ({values[bind].Source}).",
                $"Remove --{port.Flag}, or give --{bind.Flag} an address such as {bind.PrintedDefault}."));
    }

    /// <summary>Checks what a command that talks to a running bridge needs.</summary>
    public void CheckManagement(OptionValues values)
    {
        var (address, file, open) = (ProgramOptionTable.ManagementAddress, ProgramOptionTable.ManagementTokenFile, ProgramOptionTable.ManagementOpen);
        if (values.Find(file) is { } path && values.AreSound(file) && TokenFlaw(path) is { } flaw)
            Complain(values[file], flaw);
        if (values.AreSound(open, file) && values.Get(open) && values[file].IsSet)
            warnings.Add($"{file} ({values[file].Source}) protects nothing, because {open} is true ({values[open].Source}).");
        if (values.AreSound(address, open) && values.Get(open) && values.Get(address) == ManagementAddressKind.Off)
            warnings.Add($"{open} ({values[open].Source}) changes nothing, because {address} is {ManagementAddressKind.Off}.");
    }

    private static Flaw? TokenFlaw(string path)
    {
        const int shortest = 16;
        try
        {
            return File.ReadAllText(path).Trim().Length >= shortest ? null
                : new Flaw($"holds less than {shortest} characters, which can be guessed.", "Make one: openssl rand -hex 32");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Flaw($"can't be read: {exception.Message}");
        }
    }

    private void WarnOfOpenRendezvous(OptionValues values)
    {
        var bind = values.Get(CoreOptions.TcpBind);
        if (UnixSocketPath.TryRead(bind, out _))
            return;
        if (bind != "localhost" && !IPAddress.IsLoopback(IPAddress.Parse(bind)))
            warnings.Add($"{CoreOptions.TcpBind} = {bind} ({values[CoreOptions.TcpBind].Source}) is not a loopback address: "
                + "other machines can reach the port workers connect back to, and try connection ids.");
    }

    private void WarnOfUnusedDefaults(OptionValues values, IReadOnlyList<OptionValues> routes)
    {
        foreach (var option in OptionTable.All.Where(option => option.IsPerRoute))
            if (values[option] is { Source.Kind: > SourceKind.File } setting && !routes.Any(route => route[option] == setting))
                warnings.Add($"{option} from {setting.Source} is not used: every route in the file has its own.");
    }

    private void WarnOfShortDrain(OptionValues values)
    {
        if (!values.AreSound(DrainOptionRows.All.ToArray()) || !values.AreSound(WorkerOptions.WorkerGrace, WorkerOptions.TerminateGrace)
            || !values.AreSound(ClientOptions.TailTimeout, ClientOptions.CloseTimeout))
            return;
        var drain = DrainOptionsMapper.Map(values);
        if (DrainPlan.KeptFree(drain) is var kept && drain.Timeout - kept is var longest && drain.Period > longest)
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{DrainOptionRows.Period} ({values[DrainOptionRows.Period].Source}) is {drain.Period.TotalSeconds:0.#} s, but can be {longest.TotalSeconds:0.#} s at most: "
                + $"{DrainOptionRows.Timeout} ({values[DrainOptionRows.Timeout].Source}) is {drain.Timeout.TotalSeconds:0.#} s, and the last sessions need {kept.TotalSeconds:0.#} s of it "
                + $"to end in. It will be shortened; raise {DrainOptionRows.Timeout}, or lower {WorkerOptions.WorkerGrace} or {WorkerOptions.TerminateGrace}."));
        if (drain.GracePeriod > TimeSpan.Zero && DrainPlan.Needed(drain) is var needed && needed > drain.GracePeriod)
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{DrainOptionRows.GracePeriod} ({values[DrainOptionRows.GracePeriod].Source}) is {drain.GracePeriod.TotalSeconds:0.#} s, but a drain needs {needed.TotalSeconds:0.#} s: "
                + $"delay {drain.Delay.TotalSeconds:0.#} + period {drain.Period.TotalSeconds:0.#} + workers {drain.WorkerTime.TotalSeconds:0.#} + "
                + $"{DrainPlan.Margin.TotalSeconds:0} to spare. It will be shortened; raise terminationGracePeriodSeconds, or lower the others."));
    }

    private static string Print(EffectiveSetting setting) => string.Join(", ", setting.Printed);

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(setting.Printed.First(), setting.Source), flaw));
}
