using System.Globalization;

namespace KubeWsBridge.Fuzz.Cli;

/// <summary>Reads the command line.</summary>
internal static class OptionParser
{
    /// <summary>The options it asks for.</summary>
    /// <exception cref="UsageException">It can't be followed.</exception>
    public static FuzzOptions Parse(string[] arguments)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--help" or "-h" => options with { Help = true },
                "--a" => options with { A = Command() },
                "--b" => options with { B = Command() },
                "--bridge-arg" => options with { BridgeArguments = [.. options.BridgeArguments, Value()] },
                "--minutes" => options with { Time = TimeSpan.FromMinutes(Number(0)) },
                "--cases" => options with { Cases = (int)Number(1), Time = TimeSpan.MaxValue },
                "--seed" => options with { Seed = (int)Number(0) },
                "--case" => options with { Case = (int)Number(0) },
                "--parallel" => options with { Parallel = (int)Number(1) },
                _ => throw new UsageException($"There is no option '{name}'; --help shows those there are."),
            };

            string Value() => ++i < arguments.Length ? arguments[i] : throw new UsageException($"{name} needs a value.");

            double Number(double least) =>
                double.TryParse(Value(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= int.MaxValue
                    ? number
                    : throw new UsageException($"{name} needs a number of at least {least}, not '{arguments[i]}'.");

            string[] Command()
            {
                var command = Value().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return command.Length > 0 && File.Exists(command[0])
                    ? [Path.GetFullPath(command[0]), .. command[1..]]
                    : throw new UsageException($"{name}: there is no program '{command.FirstOrDefault()}'.");
            }
        }

        return options;
    }
}
