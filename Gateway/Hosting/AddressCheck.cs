using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>Tries the addresses before anything else starts, to say which setting to change when one is taken.</summary>
internal sealed class AddressCheck(IReadOnlyList<ListenAddress> addresses) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var address in addresses)
        {
            Try(address);
        }
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Try(ListenAddress address)
    {
        try
        {
            using var listener = new TcpListener(address.Address, address.Port);
            listener.Start();
        }
        catch (SocketException error)
        {
            var variable = address.Setting.Replace(":", "__", StringComparison.Ordinal);
            throw new GatewayConfigurationException(
                $"Cannot listen on {address.Url}: {Reason(error)}. Stop what uses it, or set {address.Setting} to another "
                + $"address, for example with the environment variable {variable}=http://127.0.0.1:{Another(address.Port)}.",
                error);
        }
    }

    private static string Reason(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is already in use",
        SocketError.AccessDenied => "this user may not use that port",
        SocketError.AddressNotAvailable => "this machine does not have that address",
        _ => error.Message,
    };

    private static int Another(int port) => port is > 1024 and < 65_000 ? port + 100 : 8180;
}
