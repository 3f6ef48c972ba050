using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Cli;

/// <summary>Asks a running bridge whether it is alive: for a container's HEALTHCHECK, where there is neither shell nor curl.</summary>
internal sealed class HealthcheckCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "healthcheck";

    /// <inheritdoc/>
    public string Summary => "Ask the bridge at --management-address whether it is alive.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (ManagementClient.Create(context) is not { } client)
            return ExitCodes.BadConfiguration;
        using (client)
        {
            try
            {
                var (isGood, text) = await client.SendAsync(HttpMethod.Get, "/livez?verbose", cancellationToken);
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
}
