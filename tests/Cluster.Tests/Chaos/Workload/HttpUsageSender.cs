using System.Text;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Sends over HTTP.</summary>
internal sealed class HttpUsageSender(ApiCaller caller) : IUsageSender
{
    public async Task<BatchAnswer?> TrySendAsync(
        UsageBatch batch, TimeSpan patience, Action<string> unclear, CancellationToken cancel)
    {
        var answer = await caller.TryAsync(HttpMethod.Post, "v1/events", batch.Json, patience, unclear, cancel);
        return answer switch
        {
            null => null,
            { Succeeded: true } => Read(batch, answer.Json().GetProperty("results")),
            _ => throw new SurpriseException(
                $"A batch was refused with {answer.Status} {Encoding.UTF8.GetString(answer.Body)}"),
        };
    }

    public void Dispose() => caller.Dispose();

    private static BatchAnswer Read(UsageBatch batch, JsonElement results)
    {
        var letters = new StringBuilder();
        List<string>? reasons = null;
        foreach (var result in results.EnumerateArray())
        {
            var reason = result.TryGetProperty("reason", out var text) ? text.GetString() : null;
            var letter = EventAnswer.Of(result.GetProperty("status").GetString()!, reason);
            letters.Append(letter);
            if (EventAnswer.HasReason(letter))
            {
                (reasons ??= []).Add(reason!);
            }
        }

        return letters.Length == batch.Events.Length
            ? new(letters.ToString(), reasons?.ToArray())
            : throw new SurpriseException($"{batch.Events.Length} events were answered with {letters.Length} results.");
    }
}
