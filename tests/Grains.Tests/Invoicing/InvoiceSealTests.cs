using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Numbers, immutable bytes and the chain.</summary>
public sealed class InvoiceSealTests
{
    private const string Rent = """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"}]}""";

    [Fact]
    public async Task Invoices_of_each_legal_entity_have_numbers_and_a_chain_of_their_own()
    {
        await using var cluster = await Prepared();
        var series = Series(cluster);
        Ok(await series.SetLegalEntity(Entity("de", isDefault: true)));
        Ok(await series.SetLegalEntity(Entity("fr")));
        await SubscribeAsync(cluster, "a", null);
        await SubscribeAsync(cluster, "b", "fr");
        await SubscribeAsync(cluster, "c", "de");
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");

        Assert.Equal(Enumerable.Range(1, 6).Select(n => $"INV-DE-{n:D6}"), (await series.Chain("de", 0, 100)).Select(e => e.Seal.Number));
        Assert.Equal(["INV-FR-000001", "INV-FR-000002", "INV-FR-000003"], (await series.Chain("fr", 0, 100)).Select(e => e.Seal.Number));
        Assert.Empty(await series.Chain(null, 0, 100));
        await IntactAsync(cluster, "de", 6);
        await IntactAsync(cluster, "fr", 3);
        var invoice = (await cluster.Customer("t", "b").Invoices(null, 1)).Items[0];
        Assert.Equal(("INV-FR-000003", "fr", "2026-04-01", "2026-05-01"), (invoice.Id, invoice.Seller!.LegalEntity, invoice.IssueDate, invoice.DueDate));
    }

    [Fact]
    public async Task The_chain_is_what_a_reader_computes_of_the_bytes_alone()
    {
        await using var cluster = await Prepared();
        Ok(await Series(cluster).SetLegalEntity(Entity("de", isDefault: true)));
        await SubscribeAsync(cluster, "a", null);
        await SubscribeAsync(cluster, "b", null);
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        await cluster.RestartAsync();

        var head = new byte[32];
        var entries = await Series(cluster).Chain("de", 0, 100);
        foreach (var entry in entries)
        {
            var bytes = await cluster.Customer("t", entry.Customer).Document(entry.Seal.Number);
            head = SHA256.HashData([.. head, .. SHA256.HashData(bytes!), .. Encoding.UTF8.GetBytes(entry.Seal.Number)]);
            Assert.Equal(Convert.ToHexStringLower(head), entry.Seal.Hash);
            Assert.Equal("9.5", JsonDocument.Parse(bytes!).RootElement.GetProperty("total").GetString());
        }
        Assert.Equal(6, entries.Length);
    }

    [Fact]
    public async Task What_is_sealed_stays_byte_by_byte_through_restarts_and_changes()
    {
        await using var cluster = await Prepared();
        Ok(await Series(cluster).SetLegalEntity(Entity("de", isDefault: true)));
        await SubscribeAsync(cluster, "a", null);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        var (before, invoice) = (await customer.Document("INV-DE-000001"), await customer.Invoice("INV-DE-000001"));

        Ok(await customer.Change(Customer("a", null) with { Name = "Another name", Address = ["Elsewhere 1"], City = "Köln", Country = "DE" }));
        Ok(await Series(cluster).SetLegalEntity(Entity("de", isDefault: true) with { Name = "Renamed", PaymentDays = 7 }));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.RestartAsync();
        await cluster.RestartAsync();

        customer = cluster.Customer("t", "a");
        Assert.Equal(before, await customer.Document("INV-DE-000001"));
        Assert.Equal(Json(invoice), Json(await customer.Invoice("INV-DE-000001")));
        Assert.Equal("Another name", (await customer.Get())!.Name);
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        var next = await customer.Invoice("INV-DE-000002");
        Assert.Equal(("Another name", "Köln", "Renamed", "2026-03-08"), (next!.Customer.Name, next.Customer.City, next.Seller!.Name, next.DueDate));
        await IntactAsync(cluster, "de", 2);
    }

    /// <summary>The process died when the content was durable, before it had a number; and when the number was given, before it was heard.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_content_and_number_leaves_no_gap_and_no_second_invoice(bool numbered)
    {
        await using var cluster = await Prepared();
        Ok(await Series(cluster).SetLegalEntity(Entity("de", isDefault: true)));
        await SubscribeAsync(cluster, "a", null);
        await SubscribeAsync(cluster, "b", null);
        await cluster.AdvanceAsync("t", "2026-01-20T00:00:00Z");
        var document = Encoding.UTF8.GetBytes(Json(await PreparedInvoice(cluster, "a")));
        var end = At("2026-02-01T00:00:00Z");
        var key = $"a|{end.ToUnixTimeTicks()}|0";
        var statement = new PeriodStatement("t", "s-a", "a", 0, At("2026-01-01T00:00:00Z"), end, (await cluster.BillAsync("t", "a")).Lines);
        await cluster.DoInPartitionAsync(EntityKind.Customer, "t", "a", t =>
        {
            t.Append(new StatementTaken(statement));
            t.Append(new InvoicePrepared("t", "a", key, new(document), [0]));
        });
        var seal = numbered
            ? await Series(cluster).Seal(new(key, "a", DocumentKind.Invoice, "de", DocumentChain.HashOf(document)))
            : null;
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Empty((await cluster.Customer("t", "a").Invoices(null, 10)).Items);
        await cluster.RestartAsync();

        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");

        var invoices = (await cluster.Customer("t", "a").Invoices(null, 10)).Items;
        Assert.Equal(2, invoices.Length);
        Assert.Equal(document, await cluster.Customer("t", "a").Document(invoices[1].Id));
        Assert.True(seal is null || seal == invoices[1].Seal);
        Assert.Equal(
            Enumerable.Range(1, 4).Select(n => $"INV-DE-{n:D6}"), (await Series(cluster).Chain("de", 0, 10)).Select(e => e.Seal.Number));
        await IntactAsync(cluster, "de", 4);
    }

    [Fact]
    public async Task A_key_is_sealed_for_the_same_bytes_only()
    {
        await using var cluster = await Prepared();
        var series = Series(cluster);
        var request = new SealRequest("k", "a", DocumentKind.Invoice, null, DocumentChain.HashOf("x"u8));
        var seal = await series.Seal(request);
        Assert.Equal(seal, await series.Seal(request));
        await Assert.ThrowsAsync<InvalidOperationException>(() => series.Seal(request with { DocumentHash = DocumentChain.HashOf("y"u8) }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => series.Seal(request with { Key = "l", LegalEntity = "nobody" }));
        Assert.Equal(("INV-000001", 1L), (seal.Number, seal.Sequence));
        Assert.Equal(
            ["INV-000001", "CN-000001", "INV-000002"],
            [
                (await series.Seal(request)).Number, (await series.Seal(request with { Key = "m", Kind = DocumentKind.CreditNote })).Number,
                (await series.Seal(request with { Key = "n" })).Number,
            ]);
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await BillingCluster.StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        await cluster.PublishAsync("t", Rent);
        return cluster;
    }

    private static IInvoiceSeriesGrain Series(BillingCluster cluster) => cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");

    private static async Task SubscribeAsync(BillingCluster cluster, string customer, string? legalEntity)
    {
        Ok(await cluster.Customer("t", customer).Register(Customer(customer, legalEntity)));
        await cluster.SubscribeAsync("t", customer, $"s-{customer}", "p", "2026-01-01T00:00:00Z", registered: true);
    }

    private static async Task IntactAsync(BillingCluster cluster, string legalEntity, int documents)
    {
        var report = await Series(cluster).Verify(legalEntity);
        Assert.True(report.IsIntact, string.Join("; ", report.Findings.Select(f => f.ToString())));
        Assert.Equal(documents, report.Documents);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>What the silo will make of January's rent.</summary>
    private static async Task<InvoiceView> PreparedInvoice(BillingCluster cluster, string customer)
    {
        var bill = await cluster.BillAsync("t", customer);
        return new(
            "", (await cluster.Customer("t", customer).Get())!, "EUR", At("2026-02-01T00:00:00Z"), At("2026-02-01T01:00:00Z"), bill.Total, bill.Lines)
        {
            Seller = InvoiceSeller.Of(Entity("de")),
            IssueDate = "2026-02-01",
            DueDate = "2026-03-03",
        };
    }

    internal static CustomerSpec Customer(string id, string? legalEntity) => new(id, id, "EUR", null, []) { LegalEntity = legalEntity };

    internal static LegalEntitySpec Entity(string id, bool isDefault = false) => new(
        id, $"{id} GmbH", ["Street 1"], "20457", "Hamburg", null, "DE", "Europe/Berlin", 30, $"INV-{id.ToUpperInvariant()}-",
        $"CN-{id.ToUpperInvariant()}-", isDefault, false, null, null, null, null, null);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Contracts.Serialization.BillingJson.Options);
}
