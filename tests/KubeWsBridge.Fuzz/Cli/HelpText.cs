namespace KubeWsBridge.Fuzz.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>All of it.</summary>
    public const string Text = """
        Plays the same random cases against two running bridges, and compares what clients and workers see with each other and with a model.

        Usage: dotnet run -c Release --project tests/KubeWsBridge.Fuzz -- [OPTIONS]

          --a "PROGRAM ARGS"   The one bridge; default: the build beside this program with --data-path stream.
          --b "PROGRAM ARGS"   The other; default: the same with --data-path socket.
          --bridge-arg ARG     One more argument for both, for example --bridge-arg --buffer-size --bridge-arg 4096; may be given again.
          --minutes M          How long cases are started; default 1.
          --cases N            How many cases, however long they take.
          --parallel P         How many cases are played at once; default 4.
          --seed S             What all chance comes from; default: another each time. It is printed.
          --case K             Plays only this case of the seed, once or --cases times, and tells everything of it.

        Ends with 0 when nothing differs, 1 when something does, 64 when the command line is wrong.
        """;
}
