using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;
using Answer = OrleansBilling.Contracts.Usage.UsageResult;
using Status = OrleansBilling.Contracts.Usage.UsageStatus;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Answers to batches as protobuf.</summary>
internal static class RpcAnswer
{
    public static ReportResponse Of(RpcRequest request, UsageTotals totals)
    {
        var batch = request.Batch;
        var response = new ReportResponse { BatchId = request.BatchId, Counts = Counts(totals) };
        response.Results.Capacity = batch.Count;
        for (var i = 0; i < batch.Count; i++)
        {
            response.Results.Add(Of(in batch.Results[i]));
        }
        return response;
    }

    /// <summary>Events that were not simply accepted or repeated.</summary>
    public static List<UploadIssue> Issues(RpcRequest request, int most)
    {
        var batch = request.Batch;
        var issues = new List<UploadIssue>();
        for (var i = 0; i < batch.Count && issues.Count < most; i++)
        {
            if (batch.Results[i].Status is not (Status.Accepted or Status.Duplicate))
            {
                ref readonly var read = ref batch.Events[i];
                issues.Add(new()
                {
                    BatchId = request.BatchId,
                    Index = i,
                    Id = read.Id,
                    // As it was sent: none where an identifier was.
                    Device = read.Event.Identifier is null ? read.Event.Device : "",
                    Result = Of(in batch.Results[i]),
                });
            }
        }
        return issues;
    }

    public static UsageCounts Counts(UsageTotals totals) => new()
    {
        Accepted = totals.Accepted,
        Duplicates = totals.Duplicates,
        Rejected = totals.Rejected,
        Late = totals.Late,
        Quarantined = totals.Quarantined,
        Conflicts = totals.Conflicts,
    };

    private static UsageResult Of(in Answer result) => new()
    {
        Status = (UsageStatus)((int)result.Status + 1),
        Code = result.Code ?? "",
        Message = result.Message ?? "",
        Partition = result.Partition,
        Position = result.Position,
        Charge = result.Charge is { } charge ? DecimalText.Format(charge) : "",
        Currency = result.Currency ?? "",
        Warning = result.Warning ?? "",
    };
}
