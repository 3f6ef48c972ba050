namespace KubeWsBridge.Configuration.Sources;

/// <summary>One value as it was written, and where.</summary>
internal sealed record SettingValue(string Text, SettingSource Source);
