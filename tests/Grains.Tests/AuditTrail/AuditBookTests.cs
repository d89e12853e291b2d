using System.Text;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Core.AuditTrail;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>What memory and snapshots have of trails.</summary>
public sealed class AuditBookTests
{
    private static readonly Instant Start = At("2026-01-01T00:00:00Z");

    [Fact]
    public void A_snapshot_tells_long_trails_in_parts_and_goes_on_from_the_same_head()
    {
        var book = Filled(10_000);
        var restored = Restored(book);
        Assert.Equal(3, book.Facts().Count());
        Assert.Equal(book.Trail("t").Marks, restored.Trail("t").Marks);
        Assert.Equal(
            (book.Trail("t").Head, 10_000L, book.Trail("t").LastAt),
            (restored.Trail("t").Head, restored.Trail("t").LastNumber, restored.Trail("t").LastAt));
        Assert.Equal((0L, AuditChain.Start), (restored.Trail("u").LastNumber, restored.Trail("u").Head));
    }

    [Fact]
    public void What_is_forgotten_by_its_time_leaves_number_and_head()
    {
        var book = Filled(10);
        var head = book.Trail("t").Head;
        book.Forget(Start + Duration.FromSeconds(7));
        Assert.Equal([7L, 8L, 9L, 10L], book.Trail("t").Marks.Select(m => m.Number));
        book.Forget(Start + Duration.FromDays(1));
        var restored = Restored(book).Trail("t");
        Assert.Equal((0, 10L, head), (restored.Marks.Count, restored.LastNumber, restored.Head));
    }

    [Fact]
    public void A_mark_passes_over_what_nobody_asked_for()
    {
        var mark = Filled(3).Trail("t").Marks[1];
        Assert.All(
            new AuditTrailQuery[]
            {
                new("t"), new("t", Entity: "id-2", Kind: "customer", Actor: "ada", Operation: "op"), new("t", From: Start + Duration.FromSeconds(2)),
            },
            query => Assert.True(mark.MayBe(query)));
        Assert.All(
            new AuditTrailQuery[]
            {
                new("t", Entity: "id-3"), new("t", Kind: "device"), new("t", Actor: "bob"), new("t", Operation: "other"),
                new("t", To: Start + Duration.FromSeconds(2)), new("t", From: Start + Duration.FromSeconds(3)),
            },
            query => Assert.False(mark.MayBe(query)));
    }

    private static AuditBook Filled(int entries)
    {
        var (book, head) = (new AuditBook(), AuditChain.Start);
        for (var n = 1; n <= entries; n++)
        {
            var content = Encoding.UTF8.GetBytes($$"""
                {"trail":"t","partition":0,"number":{{n}},"at":"{{Start + Duration.FromSeconds(n)}}","operation":"op","kind":"customer","id":"id-{{n}}",
                "actor":{"subject":"ada"} }
                """);
            var previous = head;
            head = AuditChain.Next(previous, content);
            book.Apply(new AuditEntryAppended("t", previous, head, new(content)), 2 * n);
        }
        return book;
    }

    private static AuditBook Restored(AuditBook book)
    {
        var restored = new AuditBook();
        foreach (var fact in book.Facts())
        {
            restored.Apply((AuditTrailHeld)RareRecordCodec.Decode(RareRecordCodec.Encode(fact)));
        }
        return restored;
    }
}
