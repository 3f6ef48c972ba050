using System.Globalization;
using System.Text;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>An application of 300 classes, each in a file of its own, as frameworks are; and a handler that needs them all.</summary>
internal sealed class GeneratedApplication
{
    private const int Classes = 300;
    private const int Methods = 12;

    /// <summary>Writes it to a folder of the run.</summary>
    public GeneratedApplication(WorkerPrograms workers)
    {
        var folder = workers.NewFolder("application");
        Preload = Path.Combine(folder, "load.php");
        Script = Path.Combine(folder, "handler.php");
        var load = new StringBuilder("<?php\n");
        for (var index = 0; index < Classes; index++)
        {
            File.WriteAllText(Path.Combine(folder, $"Service{index}.php"), Source(index));
            load.Append(CultureInfo.InvariantCulture, $"require_once __DIR__ . '/Service{index}.php';\n");
        }

        File.WriteAllText(Preload, load.ToString());
        File.WriteAllText(Script, $"<?php\nrequire_once __DIR__ . '/load.php';\n(new App\\Service{Classes - 1}())->handle0(['x' => 1], 'y');\n"
            + $"require '{Path.Combine(AppContext.BaseDirectory, "Workers", "echo.php")}';\n");
    }

    /// <summary>The file that loads all classes.</summary>
    public string Preload { get; }

    /// <summary>The handler.</summary>
    public string Script { get; }

    private static string Source(int index)
    {
        var code = new StringBuilder("<?php\nnamespace App;\n");
        code.Append(CultureInfo.InvariantCulture, $"class Service{index}{(index % 10 > 0 ? $" extends Service{index - 1}" : "")}\n{{\n    private array $state{index} = [];\n");
        for (var method = 0; method < Methods; method++)
        {
            code.Append(CultureInfo.InvariantCulture, $$"""
                    public function handle{{method}}(array $input, string $key, ?int $limit = {{method}}): array
                    {
                        foreach ($input as $name => $value) {
                            $this->state{{index}}[$name] = is_int($value) ? $value * {{method + 1}} : sprintf('%s-%s-{{index}}', $key, (string) $value);
                        }
                        return array_slice($this->state{{index}}, 0, $limit);
                    }

                """);
        }

        return code.Append("}\n").ToString();
    }
}
