namespace KubeWsBridge.Bridge.Launching.FastCgi; internal static class FastCgiLauncherFactory { public const string LauncherName = "fastcgi"; }
