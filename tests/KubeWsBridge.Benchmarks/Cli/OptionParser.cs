using System.Globalization;
using KubeWsBridge.Benchmarks.Targets;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks.Cli;

/// <summary>Reads the command line.</summary>
internal static class OptionParser
{
    /// <summary>The options it asks for.</summary>
    /// <exception cref="UsageException">It asks for something that is not there.</exception>
    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--help" or "-h" => options with { Help = true },
                "--quick" => options with { Quick = true },
                "--only" => options with { Only = Known(Value(), BenchmarkTable.All.Select(benchmark => benchmark.Name)) },
                "--peers" => options with { Peers = Known(Value(), Peers.All.Select(peer => peer.Name)) },
                "--program" => options with { Programs = [.. options.Programs, Program(Value())] },
                "--reference" => options with { Reference = Value() },
                "--rounds" => options with { Rounds = Number(name, Value()) },
                "--idle" => options with { Idle = [.. Value().Split(',').Select(number => Number(name, number))] },
                "--json" => options with { Json = Value() },
                "--markdown" => options with { Markdown = Value() },
                _ => throw new UsageException($"There is no option '{name}'; --help shows those there are."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new UsageException($"{name} needs a value.");
        }

        return options;
    }

    private static List<string> Known(string list, IEnumerable<string> known)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var unknown = names.Except(known).ToList();
        return unknown.Count == 0
            ? names
            : throw new UsageException($"'{unknown[0]}' is none of: {string.Join(", ", known)}.");
    }

    private static int Number(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UsageException($"{option} needs numbers above 0, not '{text}'.");

    /// <summary>NAME=PATH ARGUMENTS, where the name and the arguments may be missing.</summary>
    private static BridgeProgram Program(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var named = equals > 0 && !text[..equals].Contains('/', StringComparison.Ordinal);
        var command = (named ? text[(equals + 1)..] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (command.Length == 0 || !File.Exists(command[0]))
            throw new UsageException($"--program: there is no file '{command.FirstOrDefault()}'.");
        command[0] = Path.GetFullPath(command[0]);
        return new BridgeProgram(named ? text[..equals] : "bridge", command);
    }
}
