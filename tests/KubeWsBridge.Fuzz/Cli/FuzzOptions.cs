namespace KubeWsBridge.Fuzz.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "kubewsbridge");

    /// <summary>Only the help is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>The one program and its arguments.</summary>
    public IReadOnlyList<string> A { get; init; } = [Built, "--data-path", "stream"];

    /// <summary>The other.</summary>
    public IReadOnlyList<string> B { get; init; } = [Built, "--data-path", "socket"];

    /// <summary>More arguments for both.</summary>
    public IReadOnlyList<string> BridgeArguments { get; init; } = [];

    /// <summary>How long cases are started.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many cases; null for as many as the time allows.</summary>
    public int? Cases { get; init; }

    /// <summary>What all chance comes from.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>The only case to play, and to tell everything of; null for all.</summary>
    public int? Case { get; init; }

    /// <summary>How many cases are played at once.</summary>
    public int Parallel { get; init; } = 4;
}
