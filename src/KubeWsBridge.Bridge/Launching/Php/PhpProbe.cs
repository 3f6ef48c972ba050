using System.Collections.Concurrent;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Php;

/// <summary>Asks a PHP about itself, each only once.</summary>
internal sealed class PhpProbe
{
    private const string Mark = "kubewsbridge";

    // One question for all that is ever asked: a start of PHP costs more than the answer.
    private const string Question = """
        echo implode("\n", ["kubewsbridge", PHP_SAPI, PHP_VERSION,
            implode(" ", array_filter(["pcntl", "posix"], fn ($extension) => !extension_loaded($extension))),
            (string) ini_get("auto_prepend_file"), (string) (ini_get("opcache.enable") && ini_get("opcache.enable_cli")),
            (string) ini_get("opcache.file_cache"), ""]);
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Lazy<Task<PhpFacts?>>> _answers = new();
    private readonly ConcurrentDictionary<PhpFacts, bool> _advised = new();

    /// <summary>What the program of a plan says; null when it is no PHP of the command line, or says nothing in time.</summary>
    public Task<PhpFacts?> AskAsync(LaunchPlan plan, LauncherContext context)
    {
        var key = string.Join('\0', [plan.Executable, plan.WorkingDirectory ?? "", .. plan.Arguments]);
        return _answers.GetOrAdd(key, _ => new(() => AskNowAsync(plan, context))).Value;
    }

    /// <summary>Whether nobody has given advice about this PHP yet: however many routes it serves, once is enough.</summary>
    public bool IsFirstToAdvise(PhpFacts facts) => _advised.TryAdd(facts, true);

    /// <summary>Whether a program can be asked at all: any other than PHP would take the question for something else.</summary>
    internal static bool LooksLikePhp(string executable)
    {
        if (Path.GetFileName(executable).Contains("php", StringComparison.OrdinalIgnoreCase))
            return true;

        try
        {
            var target = File.ResolveLinkTarget(executable, returnFinalTarget: true);
            return target is not null && target.Name.Contains("php", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads the answer; null when it is none.</summary>
    internal static PhpFacts? Parse(string answer)
    {
        // What the user's own auto_prepend_file prints comes first.
        var start = answer.LastIndexOf(Mark, StringComparison.Ordinal);
        if (start < 0 || answer[start..].Split('\n') is not [_, "cli", var version, var missing, var prepend, var opcache, var cache, ..])
            return null;

        return new PhpFacts
        {
            Version = version,
            MissingExtensions = missing.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            AutoPrependFile = prepend,
            HasOpcache = opcache == "1",
            OpcacheFileCache = cache,
        };
    }

    private static async Task<PhpFacts?> AskNowAsync(LaunchPlan plan, LauncherContext context)
    {
        if (!LooksLikePhp(plan.Executable))
            return null;

        try
        {
            await using var process = context.Processes.Start(new ProcessStart
            {
                Executable = plan.Executable,
                Arguments = [.. plan.Arguments, "-r", Question],
                Environment = context.Environment,
                WorkingDirectory = plan.WorkingDirectory,
            });
            using var reader = new StreamReader(process.Output, Encoding.UTF8);
            _ = process.Errors.CopyToAsync(Stream.Null).ContinueWith(
                static copied => _ = copied.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            var answer = await reader.ReadToEndAsync().WaitAsync(Patience, context.Time);
            return Parse(answer);
        }
        catch (Exception exception) when (exception is LaunchException or IOException or TimeoutException)
        {
            return null;
        }
    }
}
