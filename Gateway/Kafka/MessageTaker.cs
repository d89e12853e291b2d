using Confluent.Kafka;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>
/// Takes messages through the same intake as all usage, and what is no usage to the dead letters. When it returns all is durable: each
/// event in its partition, or its message in the dead-letter topic. It may be repeated with the same messages.
/// </summary>
internal sealed class MessageTaker(UsageIntake intake, KnownTenants tenants, DeadLetters deadLetters)
{
    /// <summary>Takes messages of one Kafka partition, in their order.</summary>
    /// <exception cref="Exception">Something is not durable: take the same messages again.</exception>
    public async Task TakeAsync(IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> messages, MessageReader reader, CancellationToken cancel)
    {
        var reasons = new DeadReason?[messages.Count];
        var groups = new List<TenantGroup>();
        try
        {
            Read(messages, reader, groups, reasons);
            await Task.WhenAll(groups.Select(group => SubmitAsync(group, cancel)));
            foreach (var group in groups)
            {
                group.Collect(reasons);
            }
        }
        finally
        {
            groups.ForEach(group => intake.Return(group.Batch));
        }
        await deadLetters.WriteAsync(messages, reasons, cancel);
    }

    private void Read(
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> messages, MessageReader reader, List<TenantGroup> groups, DeadReason?[] reasons)
    {
        var current = new Dictionary<string, TenantGroup>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            reasons[i] = reader.Read(messages[i], out var tenant);
            if (reasons[i] is not null)
            {
                continue;
            }
            if (!current.TryGetValue(tenant, out var group) || !group.HasRoomFor(reader.Events.Length))
            {
                current[tenant] = group = new(tenant, intake.Rent());
                groups.Add(group);
            }
            group.Add(i, reader.Events);
        }
    }

    private async Task SubmitAsync(TenantGroup group, CancellationToken cancel)
    {
        group.IsKnown = await tenants.ExistsAsync(group.Tenant, cancel);
        if (group.IsKnown)
        {
            await intake.SubmitAsync(group.Tenant, group.Batch, cancel);
        }
    }

    /// <summary>Events of one tenant, and the messages that they came in.</summary>
    private sealed class TenantGroup(string tenant, IntakeBatch batch)
    {
        private readonly List<(int Message, int First, int Count)> _messages = [];

        public string Tenant => tenant;

        public IntakeBatch Batch => batch;

        public bool IsKnown { get; set; }

        public bool HasRoomFor(int events) => batch.Count + events <= UsageLimits.MaxEvents;

        public void Add(int message, ReadOnlySpan<IntakeEvent> events)
        {
            _messages.Add((message, batch.Count, events.Length));
            foreach (ref readonly var one in events)
            {
                batch.Add() = one;
            }
        }

        public void Collect(DeadReason?[] reasons)
        {
            foreach (var (message, first, count) in _messages)
            {
                reasons[message] = IsKnown ? ReasonOf(first, count) : DeadReason.UnknownTenant(tenant);
            }
        }

        private DeadReason? ReasonOf(int first, int count)
        {
            var (reason, refused) = ((DeadReason?)null, 0);
            for (var i = first; i < first + count; i++)
            {
                ref readonly var result = ref batch.Results[i];
                if (result.Status is UsageStatus.Rejected or UsageStatus.Conflict)
                {
                    refused++;
                    reason ??= new(result.Code ?? "usage.conflict", result.Message ?? "The event was refused.", batch.Events[i].Pointer);
                }
            }
            return reason?.OneOf(refused, count);
        }
    }
}
