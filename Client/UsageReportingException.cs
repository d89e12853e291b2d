using Grpc.Core;

namespace OrleansBilling.Client;

/// <summary>Reporting has ended for good before everything was acknowledged.</summary>
public sealed class UsageReportingException : Exception
{
    internal UsageReportingException(string message, IReadOnlyList<DeviceUsage> unacknowledged, Exception? cause)
        : base($"{message} {unacknowledged.Count} usage events are not acknowledged.", cause) => Unacknowledged = unacknowledged;

    /// <summary>What the server has not acknowledged, in the order it was enqueued. It may have taken some of it: reporting all of it again,
    /// with the same ids, counts nothing twice.</summary>
    public IReadOnlyList<DeviceUsage> Unacknowledged { get; }

    /// <summary>Why the server refused the stream; <see cref="StatusCode.OK"/> when it did not.</summary>
    public StatusCode Status => (InnerException as RpcException)?.StatusCode ?? StatusCode.OK;
}
