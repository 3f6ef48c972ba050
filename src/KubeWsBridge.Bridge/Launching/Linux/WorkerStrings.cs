namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Lays out a start's arguments and environment for exec.</summary>
internal static class WorkerStrings
{
    /// <summary>argv: the executable's name as it was configured, then the arguments.</summary>
    public static NativeStrings Arguments(ProcessStart start)
    {
        var strings = new List<string>(start.Arguments.Count + 1) { start.Executable };
        strings.AddRange(start.Arguments);
        foreach (var argument in strings)
            RequireNoNul(argument, "An argument of the worker");

        return NativeStrings.From(strings);
    }

    /// <summary>envp: exactly the start's variables.</summary>
    public static NativeStrings Environment(ProcessStart start)
    {
        var strings = new List<string>(start.Environment.Count);
        foreach (var (name, value) in start.Environment)
        {
            if (name.Length == 0 || name.Contains('='))
            {
                throw new LaunchException(
                    $"The worker can not have an environment variable named '{name}': a name is not empty and has no '='.",
                    retryable: false);
            }

            var variable = $"{name}={value}";
            RequireNoNul(variable, $"The environment variable {name}");
            strings.Add(variable);
        }

        return NativeStrings.From(strings);
    }

    // C strings end at NUL: the worker would see a value that is not the client's. Better no worker than a wrong one.
    private static void RequireNoNul(string text, string what)
    {
        if (text.Contains('\0'))
            throw new LaunchException($"{what} contains a NUL character, which a process can not be given.", retryable: false);
    }
}
