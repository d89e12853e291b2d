using System.Text;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Invoicing;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>What is changed in the database, with right checksums, is found.</summary>
public sealed class InvoiceTamperingTests
{
    [Fact]
    public async Task A_changed_amount_is_found()
    {
        var report = await AfterAsync(fact => fact is InvoicePrepared { Customer: "a" } prepared
            ? prepared with { Document = new(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(prepared.Document.Utf8.Span).Replace("\"9.5\"", "\"9.4\""))) }
            : null);
        Assert.Equal(("document.changed", "INV-DE-000001"), Only(report));
    }

    [Fact]
    public async Task A_changed_amount_with_a_fitting_hash_in_the_chain_breaks_its_link()
    {
        var report = await AfterAsync(fact => fact switch
        {
            InvoicePrepared { Customer: "a" } prepared => prepared with { Document = new(Forged(prepared)) },
            NumberAssigned { Number: "INV-DE-000001" } assigned => assigned with { Document = s_forged },
            _ => null,
        });
        Assert.Contains(report.Findings, f => f is { Code: "link.broken", Number: "INV-DE-000001" });
    }

    [Fact]
    public async Task A_whole_chain_that_was_made_again_has_another_head()
    {
        var (links, original) = (DocumentChain.Start, "");
        var report = await AfterAsync(fact => fact switch
        {
            InvoicePrepared { Customer: "a" } prepared => prepared with { Document = new(Forged(prepared)) },
            DocumentSealed { Customer: "a" } told => told with { Seal = told.Seal with { DocumentHash = s_forged!, Hash = Link(DocumentChain.Start, s_forged!, told.Seal.Number) } },
            NumberAssigned assigned => Relinked(assigned),
            _ => null,
        }, head => original = head);
        Assert.NotEqual(original, report.Head);

        NumberAssigned Relinked(NumberAssigned assigned)
        {
            var document = assigned.Number == "INV-DE-000001" ? s_forged! : assigned.Document!;
            links = Link(links, document, assigned.Number);
            return assigned with { Document = document, Link = links };
        }
    }

    [Fact]
    public void A_removed_an_inserted_a_repeated_and_a_moved_document_are_found()
    {
        var entries = Chain(4);
        var stored = entries.Select(e => new StoredDocument(e.Customer, e.Seal, e.Seal.DocumentHash)).ToList();
        Assert.Empty(Verify(entries, stored).Findings);

        Assert.Equal(("document.missing", "A-3"), Only(Verify(entries, [.. stored.Where(s => s.Seal.Number != "A-3")])));
        Assert.Equal(
            ("document.inserted", "A-5"), Only(Verify(entries, [.. stored, stored[0] with { Seal = stored[0].Seal with { Number = "A-5" } }])));
        Assert.Equal(("document.inserted", "A-1"), Only(Verify(entries, [.. stored, stored[0]])));
        Assert.Equal(("document.moved", "A-2"), Only(Verify(entries, [.. stored.Select(s => s.Seal.Number == "A-2" ? s with { Customer = "x" } : s)])));
        Assert.Equal(
            ["document.changed A-1", "document.changed A-2"],
            Verify(entries, [stored[0] with { Hash = stored[1].Hash }, stored[1] with { Hash = stored[0].Hash }, .. stored[2..]])
                .Findings.Select(f => $"{f.Code} {f.Number}"));
    }

    [Fact]
    public void A_removed_and_a_moved_link_are_found()
    {
        var entries = Chain(4);
        Assert.Contains(Verify([entries[0], .. entries[2..]], []).Findings, f => f is { Code: "link.broken", Number: "A-3" });
        Assert.Contains(Verify([entries[0], .. entries[2..]], []).Findings, f => f is { Code: "number.gap", Number: "A-3" });
        Assert.Contains(Verify([entries[1], entries[0], .. entries[2..]], []).Findings, f => f is { Code: "link.broken", Number: "A-2" });
    }

    private static string? s_forged;

    private static byte[] Forged(InvoicePrepared prepared)
    {
        var document = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(prepared.Document.Utf8.Span).Replace("\"9.5\"", "\"9.4\""));
        s_forged = DocumentChain.HashOf(document);
        return document;
    }

    private static string Link(string previous, string document, string number) => DocumentChain.Next(previous, document, number);

    private static ChainEntry[] Chain(int length)
    {
        var head = DocumentChain.Start;
        return [.. Enumerable.Range(1, length).Select(n =>
        {
            var (number, document, previous) = ($"A-{n}", DocumentChain.HashOf([(byte)n]), head);
            head = DocumentChain.Next(previous, document, number);
            return new ChainEntry(new(number, "de", n, document, previous, head), DocumentKind.Invoice, $"c{n}");
        })];
    }

    private static ChainReport Verify(ChainEntry[] entries, IEnumerable<StoredDocument> documents)
    {
        var verification = new ChainVerification("de");
        Array.ForEach(entries, verification.Take);
        foreach (var document in documents)
        {
            verification.Take(document);
        }
        return verification.Report();
    }

    private static (string, string) Only(ChainReport report)
    {
        var finding = Assert.Single(report.Findings);
        return (finding.Code, finding.Number);
    }

    /// <summary>Three customers get an invoice, the database is changed, and the chain is verified.</summary>
    private static async Task<ChainReport> AfterAsync(Func<object, object?> change, Action<string>? head = null)
    {
        await using var cluster = await BillingCluster.StartAsync(snapshotAtStop: long.MaxValue);
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"}]}""");
        var series = cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");
        Ok(await series.SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true)));
        foreach (var (customer, to) in new[] { ("a", "2026-02-02T00:00:00Z"), ("b", "2026-02-03T00:00:00Z"), ("c", "2026-02-04T00:00:00Z") })
        {
            await cluster.SubscribeAsync("t", customer, $"s-{customer}", "p", "2026-01-01T00:00:00Z");
            await cluster.AdvanceAsync("t", to);
        }
        var before = await series.Verify("de");
        Assert.True(before.IsIntact);
        head?.Invoke(before.Head);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue, () => TamperedLog.Rewrite(cluster.Folder, change));
        return await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").Verify("de");
    }
}
