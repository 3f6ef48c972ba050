using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>What one source says about one option, before anybody has looked at the values.</summary>
internal sealed record Setting(OptionDefinition Option, IReadOnlyList<SettingValue> Values, SettingSource Source);
