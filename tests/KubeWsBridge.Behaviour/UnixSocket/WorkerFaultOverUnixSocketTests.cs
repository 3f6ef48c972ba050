namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>Workers that misbehave on a unix socket.</summary>
public sealed class WorkerFaultOverUnixSocketTests(WorkerFaultOverUnixSocketTests.UnixFixture fixture)
    : WorkerFaultTests(fixture), IClassFixture<WorkerFaultOverUnixSocketTests.UnixFixture>
{
    public sealed class UnixFixture : Fixture
    {
        private readonly SocketFolder _sockets = new();

        protected override string[] Common => _sockets.Next();

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            _sockets.Dispose();
        }
    }
}
