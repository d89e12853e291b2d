using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>A ReportRequest that has been read. Gives its batch back when it is disposed of.</summary>
/// <param name="BatchId">Chosen by the client.</param>
/// <param name="Batch">The events; not all of them when there are more than a request may have.</param>
/// <param name="Events">How many there are in the request.</param>
internal sealed record RpcRequest(UsageIntake Intake, string BatchId, IntakeBatch Batch, int Events) : IDisposable
{
    public void Dispose() => Intake.Return(Batch);
}
