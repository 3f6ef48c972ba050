using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Cli;

/// <summary>Has a running bridge drain and end: for a pod's preStop, where there is neither shell nor curl.</summary>
internal sealed class DrainCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "drain";

    /// <inheritdoc/>
    public string Summary => "Have the bridge at --management-address end its sessions in order, and itself; --wait waits for that.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (ManagementClient.Create(context) is not { } client)
            return ExitCodes.BadConfiguration;
        using (client)
        {
            try
            {
                var (isGood, text) = await client.SendAsync(HttpMethod.Post, "/drain", cancellationToken);
                if (isGood && context.WantsWait)
                    (isGood, text) = await WaitAsync(client, cancellationToken);
                await (isGood ? context.Output : context.Error).WriteLineAsync(text);
                return isGood ? ExitCodes.Ok : ExitCodes.Failed;
            }
            catch (HttpRequestException exception)
            {
                await context.Error.WriteLineAsync($"kubewsbridge: nobody answers at {client.Address}: {exception.Message} (--{ProgramOptionTable.ManagementAddress.Flag})");
                return ExitCodes.Failed;
            }
        }
    }

    private static async Task<(bool IsGood, string Text)> WaitAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(HttpMethod.Post, "/drain?wait", cancellationToken);
        }
        catch (HttpRequestException)
        {
            return (true, "The bridge has ended."); // it has taken the first request, so it is the drain that has come to its end
        }
    }
}
