using System.Globalization;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>Listeners that must fit each other and the TLS mode.</summary>
internal sealed class ListenerChecks(ICollection<ConfigurationProblem> problems, ICollection<string> warnings)
{
    /// <summary>Checks them.</summary>
    /// <param name="values">The main table.</param>
    /// <param name="listeners">The entries of the list; none when there is no list.</param>
    public void Check(OptionValues values, IReadOnlyList<OptionValues> listeners)
    {
        if (listeners.Count == 0)
            return;
        foreach (var option in new OptionDefinition[] { CoreOptions.WsPort, TlsOptions.RedirectPort })
            if (values[option].IsChanged && values[option].Values.Count > 0)
                warnings.Add($"{option} ({values[option].Source}) is not used: the file has {ListTables.Listeners.Key}.");
        foreach (var listener in listeners)
            CheckOne(listener, values);
        if (values.AreSound(TlsOptions.Mode) && values.Get(TlsOptions.Mode) != TlsMode.None && !listeners.Any(HasTls))
            Complain(values[TlsOptions.Mode], new Flaw($"has no listener: none of {ListTables.Listeners.Key} has tls.", "Give one of them \"tls: true\"."));
        CheckTwice(values, listeners);
    }

    private void CheckOne(OptionValues listener, OptionValues values)
    {
        var (port, tls, redirect) = (listener[ListenerOptionTable.Port], listener[ListenerOptionTable.Tls], listener[ListenerOptionTable.Redirect]);
        if (port is { IsSound: true, Values.Count: 0 })
            problems.Add(new ConfigurationProblem(port.Key, null, ConfigurationProblem.NotSet, "is required.", $"Give {port.Option.Form.Expects}."));
        if (HasTls(listener) && values.AreSound(TlsOptions.Mode) && values.Get(TlsOptions.Mode) == TlsMode.None)
            Complain(tls, new Flaw($"needs certificates, and {TlsOptions.Mode} is none ({values[TlsOptions.Mode].Source}).", $"Set {TlsOptions.Mode} to manual or internal."));
        if (!listener.Get(ListenerOptionTable.Redirect))
            return;
        if (HasTls(listener))
            Complain(redirect, new Flaw("would send clients from TLS to TLS.", "Remove tls or redirect."));
        else if (values.AreSound(TlsOptions.Mode) && values.Get(TlsOptions.Mode) == TlsMode.None)
            Complain(redirect, new Flaw($"has no TLS to send clients to: {TlsOptions.Mode} is none ({values[TlsOptions.Mode].Source}).", $"Set {TlsOptions.Mode}, or remove it."));
    }

    private void CheckTwice(OptionValues values, IReadOnlyList<OptionValues> listeners)
    {
        foreach (var same in listeners.Where(listener => listener[ListenerOptionTable.Port].Values is [int and > 0])
            .GroupBy(listener => (listener.Find(ListenerOptionTable.Host) ?? values.Get(CoreOptions.WsHost), listener.Get(ListenerOptionTable.Port))))
            foreach (var again in same.Skip(1))
                Complain(again[ListenerOptionTable.Port], new Flaw(
                    string.Create(CultureInfo.InvariantCulture, $"is also the port of another listener on {same.Key.Item1}."), "Give each listener its own."));
    }

    private static bool HasTls(OptionValues listener) => listener.Get(ListenerOptionTable.Tls);

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(setting.Printed.First(), setting.Source), flaw));
}
