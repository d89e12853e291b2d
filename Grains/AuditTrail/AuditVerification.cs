using System.Text.Json;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.AuditTrail;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>Recomputes the chain of one trail in one partition from what its log has.</summary>
internal sealed class AuditVerification(string trail, int partition)
{
    private const int MaxFindings = 1_000;

    private readonly List<AuditTrailFinding> _findings = [];
    private long _entries;
    private long _first;
    private long _last;
    private string? _head;

    /// <summary>The next entry, in the order of the log.</summary>
    /// <param name="number">That memory knows it by.</param>
    /// <param name="stored">What is there; null when it is no entry.</param>
    public void Take(long number, AuditEntryAppended? stored)
    {
        _entries++;
        if (_entries == 1)
        {
            (_first, _last) = (number, number - 1);
            // What came before the first is gone by its time, and cannot be compared.
            _head = number == 1 ? AuditChain.Start : null;
        }
        CheckNumber(number);
        _last = Math.Max(_last, number);
        if (stored is null)
        {
            Find("entry.missing", number, "The log has something else in its place.");
            _head = null;
            return;
        }
        if (ContentOf(stored) is not { } content || (content.Trail, content.Partition, content.Number) != (trail, partition, number))
        {
            Find("entry.moved", number, "The log has another entry in its place.");
        }
        CheckHash(number, stored);
        // What follows is compared with what is stored, so that one fault is told once.
        _head = stored.Hash;
    }

    /// <param name="head">The newest hash that memory knows.</param>
    public AuditTrailReport Report(string head, long lastNumber)
    {
        if (_entries > 0 && _findings.Count == 0 && (_head, _last) != (head, lastNumber))
        {
            Find("head.differs", lastNumber, $"The chain ends with entry {_last}; the newest one written has the hash {head}.");
        }
        return new(partition, _entries, _first, head, [.. _findings]);
    }

    private void CheckNumber(long number)
    {
        if (number <= _last)
        {
            Find("entry.moved", number, $"It comes after entry {_last}.");
        }
        else if (number > _last + 1)
        {
            Find("entry.missing", _last + 1, $"Entry {number} follows entry {_last}.");
        }
    }

    private void CheckHash(long number, AuditEntryAppended stored)
    {
        if (!HasFormOfHash(stored.Previous) || AuditChain.Next(stored.Previous, stored.Content.Utf8.Span) != stored.Hash)
        {
            Find("entry.changed", number, "Its hash is not that of its content and the hash before it.");
        }
        else if (_head is not null && stored.Previous != _head)
        {
            Find("link.broken", number, "It was written after another entry than the one before it: that one was changed, or this one put there.");
        }
    }

    private static bool HasFormOfHash(string text) => text.Length == AuditChain.Start.Length && text.All(char.IsAsciiHexDigit);

    private static AuditContent? ContentOf(AuditEntryAppended stored)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditContent>(stored.Content.Utf8.Span, BillingJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Find(string code, long number, string message)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(new(code, number, message));
        }
    }
}
