using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>
/// The checker itself: it passes what a real server did, and sees the least lie in the journal or in what is published.
/// </summary>
public sealed class CheckerTests(SmallRun run) : IClassFixture<SmallRun>
{
    [Fact]
    public void A_killed_server_billed_what_its_clients_wrote_down()
    {
        Assert.Empty(Findings(run.Journal));
        var knowledge = Knowledge.Of(run.Journal);
        Assert.True(knowledge.Tenants["test"].Events.Values.Count(e => e.IsBilled) > 500, "too little to prove anything");
        Assert.Contains(knowledge.Tenants["test"].Events.Values, e => e.IsQuarantined);
        Assert.Contains(run.Journal, entry => entry is BatchUnclear);
        Assert.NotEmpty(run.Published[0].Invoices);
        Assert.NotEmpty(run.Published[0].Traced);
    }

    [Fact]
    public void An_acknowledged_event_that_is_not_billed_is_seen()
    {
        var (sent, _) = Billed();
        var claimed = sent.Events[0] with { Id = "never-arrived" };
        var findings = Findings(
        [
            .. run.Journal,
            sent with { Batch = -1, Events = [claimed] },
            new BatchAnswered(-1, "a", null),
        ]);
        Assert.Contains(findings, finding => finding.Contains($"device {claimed.Device} used", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("was due", StringComparison.Ordinal));
    }

    [Fact]
    public void A_billed_event_that_nobody_sent_is_seen()
    {
        var (sent, answered) = Billed();
        var findings = Findings(Changed(
            (sent, sent with { Events = sent.Events[1..] }),
            (answered, answered with { Answers = answered.Answers[1..] })).Where(entry => !IsRepeatOf(entry, sent)));
        Assert.Contains(findings, finding => finding.Contains($"device {sent.Events[0].Device} used", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("was due", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_quantity_is_seen_to_the_last_digit()
    {
        var (sent, _) = Billed();
        var first = sent.Events[0];
        var more = sent with { Events = [first with { Value = first.Value + "1" }, .. sent.Events[1..]] };
        Assert.Contains(
            Findings(Changed((sent, more))), finding => finding.Contains($"device {first.Device} used", StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_that_was_accepted_twice_is_seen()
    {
        var (sent, answered) = Billed();
        Assert.Contains(
            Findings([.. run.Journal, sent with { Batch = -1, Purpose = BatchPurpose.Repeat }, answered with { Batch = -1 }]),
            finding => finding.Contains($"{sent.Events[0].Id} ", StringComparison.Ordinal)
                && finding.Contains("was accepted twice", StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_without_an_answer_is_seen()
    {
        var (sent, answered) = Billed();
        Assert.Contains(
            Findings(run.Journal.Where(entry => entry != answered && !IsRepeatOf(entry, sent))),
            finding => finding.Contains("was never answered", StringComparison.Ordinal));
    }

    [Fact]
    public void An_invoice_that_changed_is_seen()
    {
        var seen = run.Published[0].Invoices[0];
        Assert.Contains(
            Findings([.. run.Journal, new InvoiceSeen("test", seen.Id, seen.Body + " ")]),
            finding => finding.Contains($"invoice {seen.Id} was", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_invoice_is_seen_by_its_number_and_by_its_amounts()
    {
        var published = run.Published[0] with { Invoices = [.. run.Published[0].Invoices.Where(i => i.Id != "INV-000001")] };
        var findings = Checker.Check(Knowledge.Of(run.Journal), [published]);
        Assert.Contains(findings, finding => finding.Contains("numbers missing: 1;", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("was due", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_cent_on_a_line_is_seen()
    {
        var invoice = run.Published[0].Invoices[0];
        var line = invoice.Lines[0];
        var cent = line with { Sum = line.Sum with { Amount = line.Sum.Amount + 0.01m } };
        var published = run.Published[0] with
        {
            Invoices = [invoice with { Lines = [cent, .. invoice.Lines.Skip(1)] }, .. run.Published[0].Invoices.Skip(1)],
        };
        var findings = Checker.Check(Knowledge.Of(run.Journal), [published]);
        Assert.Contains(findings, finding => finding.Contains("do not add up", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains($"{line.Key}:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_promised_change_of_plan_that_does_not_hold_is_seen()
    {
        var known = Knowledge.Of(run.Journal).Tenants["test"];
        var line = run.Published[0].Invoices.SelectMany(invoice => invoice.Lines)
            .First(line => line.Key.Charge == PlanTerms.UseCharge && line.Sum.Quantity > 0m);
        var now = known.PlanAt(known.Subscriptions[line.Key.Subscription], line.Key.PeriodStart);
        var (plan, version) = known.Plans.First(other => other.Value.Tiers[0].UnitPrice != now.Tiers[0].UnitPrice).Key;
        Assert.Contains(
            Findings([.. run.Journal, new SubscriptionChanged("test", line.Key.Subscription, "lie", plan, version, line.Key.PeriodStart)]),
            finding => finding.StartsWith($"test: {line.Key}:", StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_that_is_missing_behind_a_line_or_in_quarantine_is_seen()
    {
        var (tenant, traced) = (run.Published[0], run.Published[0].Traced[0]);
        var missing = tenant with
        {
            Traced = [traced with { Events = [.. traced.Events.Skip(1)] }],
            Quarantine = [.. tenant.Quarantine.Skip(1)],
            AuditFindings = "{}",
        };
        var doubled = tenant with { Traced = [traced with { Events = [.. traced.Events, traced.Events[^1]] }] };
        string[] findings =
            [.. Checker.Check(Knowledge.Of(run.Journal), [missing]), .. Checker.Check(Knowledge.Of(run.Journal), [doubled])];
        Assert.Contains(findings, finding => finding.Contains("missing 1 such as", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("doubled 1 such as", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("is not there", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("audit", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Findings(IEnumerable<JournalEntry> journal) =>
        Checker.Check(Knowledge.Of(journal), run.Published);

    /// <summary>A batch whose events were all accepted at once.</summary>
    private (BatchSent Sent, BatchAnswered Answered) Billed()
    {
        var answered = run.Journal.OfType<BatchAnswered>().First(answer => answer.Answers.All(letter => letter == 'a'));
        return (run.Journal.OfType<BatchSent>().Single(sent => sent.Batch == answered.Batch), answered);
    }

    private IEnumerable<JournalEntry> Changed(params (JournalEntry From, JournalEntry To)[] changes) =>
        run.Journal.Select(entry => Array.Find(changes, change => change.From == entry).To ?? entry);

    /// <summary>Whether an entry belongs to a batch that sent some of these events again.</summary>
    private bool IsRepeatOf(JournalEntry entry, BatchSent sent)
    {
        var number = entry switch { BatchSent other => other.Batch, BatchAnswered answer => answer.Batch, _ => sent.Batch };
        return number != sent.Batch
            && run.Journal.OfType<BatchSent>().FirstOrDefault(other => other.Batch == number) is { } batch
            && batch.Events.Any(e => Array.Exists(sent.Events, one => one.Id == e.Id));
    }
}
