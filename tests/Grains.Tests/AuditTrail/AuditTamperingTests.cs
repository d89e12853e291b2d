using System.Text;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Core.AuditTrail;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Tests.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>What is changed in the database, with right checksums, is found.</summary>
public sealed class AuditTamperingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task A_changed_entry_is_found(long snapshotAtStop)
    {
        var found = await AfterAsync(snapshotAtStop, Forged);
        Assert.StartsWith("entry.changed ", Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_entry_with_a_fitting_hash_breaks_the_link_of_the_next()
    {
        var found = await AfterAsync(long.MaxValue, entry => Forged(entry) is { } forged
            ? forged with { Hash = AuditChain.Next(forged.Previous, forged.Content.Utf8.Span) }
            : null);
        Assert.StartsWith("link.broken ", Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_an_inserted_a_moved_and_a_cut_off_entry_are_found()
    {
        var entries = Chain(4);
        Assert.Empty(Verify(entries));
        Assert.Equal(["entry.missing 2", "link.broken 3"], Verify([entries[0], .. entries[2..]]));
        Assert.Equal(["entry.missing 2"], Verify([entries[0], (2, null), .. entries[2..]]));
        Assert.Contains("entry.moved 2", Verify([entries[0], (2, entries[2].Entry), (3, entries[1].Entry), entries[3]]));
        Assert.Contains("entry.moved 2", Verify([entries[0], entries[2], entries[1], entries[3]]));
        Assert.Contains("entry.moved 2", Verify([.. entries[..2], entries[1], .. entries[2..]]));
        Assert.Equal(["head.differs 4"], Verify(entries[..3], head: entries[3].Entry!.Hash));
        Assert.Equal(["entry.changed 2"], Verify([entries[0], (2, entries[1].Entry! with { Previous = "x" }), .. entries[2..]]));
        // What is older than the archive keeps it cannot be compared, and is not missed.
        Assert.Empty(Verify(entries[2..]));
    }

    private static AuditEntryAppended? Forged(AuditEntryAppended entry)
    {
        var text = Encoding.UTF8.GetString(entry.Content.Utf8.Span);
        return text.Contains("\"name\":\"Bea\"", StringComparison.Ordinal) && !text.Contains("Eve", StringComparison.Ordinal)
            ? entry with { Content = new(Encoding.UTF8.GetBytes(text.Replace("Bea", "Bob", StringComparison.Ordinal))) }
            : null;
    }

    /// <summary>A customer is called Ada, Bea, Cid, and then Eve; the database is changed, and the trail verified.</summary>
    private static async Task<string[]> AfterAsync(long snapshotAtStop, Func<AuditEntryAppended, AuditEntryAppended?> change)
    {
        await using var cluster = await AuditTrailTests.Prepared();
        var forged = false;
        foreach (var name in new[] { "Ada", "Bea", "Bea Cid", "Cid", "Eve" })
        {
            Ok(await cluster.Customer("t", "a").Change(new("a", name, "EUR", null, [])));
        }
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
        // First into a snapshot, where it was asked for; then the log behind it is changed.
        await cluster.RestartAsync(snapshotAtStop);
        await cluster.RestartAsync(snapshotAtStop, () => TamperedLog.Rewrite(cluster.Folder, fact =>
        {
            var other = forged || fact is not AuditEntryAppended entry ? null : change(entry);
            forged |= other is not null;
            return other;
        }));
        return await AuditLog.FindingsAsync(cluster);
    }

    private static (long Number, AuditEntryAppended? Entry)[] Chain(int length)
    {
        var head = AuditChain.Start;
        return [.. Enumerable.Range(1, length).Select(n =>
        {
            var content = Encoding.UTF8.GetBytes($$$"""
                {"trail":"t","partition":2,"number":{{{n}}},"at":"2026-01-01T00:00:00Z","operation":"o","kind":"k","id":"i","actor":{"key":"x"}}
                """);
            var previous = head;
            head = AuditChain.Next(previous, content);
            return ((long)n, (AuditEntryAppended?)new AuditEntryAppended("t", previous, head, new(content)));
        })];
    }

    private static string[] Verify((long Number, AuditEntryAppended? Entry)[] entries, string? head = null)
    {
        var verification = new AuditVerification("t", 2);
        foreach (var (number, entry) in entries)
        {
            verification.Take(number, entry);
        }
        return [.. verification.Report(head ?? entries[^1].Entry!.Hash, 4).Findings.Select(f => $"{f.Code} {f.Number}")];
    }
}
