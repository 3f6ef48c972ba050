using System.Runtime.CompilerServices;

namespace KubeWsBridge.Cli;

/// <summary>Copies this program into a directory: for an init container that brings it into images of others, where there is neither shell nor cp.</summary>
/// <remarks>Only the native program is one file that runs alone.</remarks>
internal sealed class InstallCommand : ICommand
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public string Name => "install";

    /// <inheritdoc/>
    public string Operand => "DIRECTORY";

    /// <inheritdoc/>
    public string Summary => "Copy this program, a native build, into DIRECTORY.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        // Only the native build has no compiler in it; every other one is a host that needs its assembly and .NET.
        if (RuntimeFeature.IsDynamicCodeSupported || Environment.ProcessPath is not { } program)
        {
            await context.Error.WriteLineAsync(
                "kubewsbridge: this build needs .NET beside it and can't be copied alone; publish it with -p:PublishAot=true.");
            return ExitCodes.Failed;
        }

        try
        {
            await context.Output.WriteLineAsync(
                $"Installed {Copy(program, context.Line.Words[^1])}. It runs in images with glibc, such as Debian's, and not with musl, such as Alpine's.");
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync($"kubewsbridge: {exception.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Under another name first: a copy that runs can't be written to, and nobody is to start half of one.</summary>
    private static string Copy(string file, string directory)
    {
        Directory.CreateDirectory(directory);
        var target = Path.Combine(directory, Path.GetFileName(file));
        var half = $"{target}.{Environment.ProcessId}";
        File.Copy(file, half, overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(half, ForAll);
        File.Move(half, target, overwrite: true);
        return target;
    }
}
