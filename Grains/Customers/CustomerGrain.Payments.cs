using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Money that comes in for invoices, and that goes back.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<CommandResult<PaymentView>> RecordPayment(PaymentSpec spec)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (Find(t) is not { } customer)
            {
                return CommandResult.NotFound<PaymentView>("customer.unknown", "No such customer is registered.");
            }
            if (customer.Payment(spec.Id) is { } known)
            {
                return PaymentRules.Same(known.Fact.Asked, spec)
                    ? CommandResult.Unchanged(known.View(customer))
                    : CommandResult.Conflict<PaymentView>("payment.exists", "This payment id exists with other content.", "/id");
            }
            var (fact, errors) = PaymentRules.Read(customer, spec, customer.Tenant.Now(home.Time));
            if (fact is null)
            {
                return CommandResult.Rejected<PaymentView>(errors);
            }
            t.Append(fact);
            return CommandResult.Created(customer.Payment(spec.Id)!.View(customer));
        });
    }

    public async Task<CommandResult<PaymentView>> ReversePayment(string payment, string reason)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (Find(t) is not { } customer || customer.Payment(payment) is not { } known)
            {
                return CommandResult.NotFound<PaymentView>("payment.unknown", "The customer has no such payment.");
            }
            if (known.ReversedAt is not null)
            {
                return CommandResult.Unchanged(known.View(customer));
            }
            t.Append(new PaymentReversed(
                Key.Tenant, Key.Id, payment, known.Fact.Payment.Amount, customer.Tenant.Now(home.Time), reason));
            return CommandResult.Updated(known.View(customer));
        });
    }

    public async Task<Page<PaymentView>?> Payments(string? cursor, int limit) => await (await Home()).DoDurably(t =>
        Find(t) is { } customer ? PageOf(customer.Payments, cursor, limit, p => p.View(customer)) : null);

    public async Task<CommandResult<InvoiceView>> WriteOff(string invoice, string reason)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (Find(t) is not { } customer || Issued(t, invoice) is not { } issued)
            {
                return CommandResult.NotFound<InvoiceView>("invoice.unknown", "The customer has no such invoice.");
            }
            var now = customer.Tenant.Now(home.Time);
            var left = issued.Open.Left;
            if (left.MinorUnits > 0)
            {
                t.Append(new InvoiceWrittenOff(Key.Tenant, Key.Id, issued.Key, invoice, left, now, reason));
                return CommandResult.Updated(issued.Read(now));
            }
            return issued.Open.WrittenOff.MinorUnits > 0
                ? CommandResult.Unchanged(issued.Read(now))
                : CommandResult.Conflict<InvoiceView>("invoice.paid", "Nothing is left to pay of this invoice.");
        });
    }

    public async Task<CommandResult<AccountView>> Refund(RefundSpec spec)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (Find(t) is not { } customer)
            {
                return CommandResult.NotFound<AccountView>("customer.unknown", "No such customer is registered.");
            }
            var now = customer.Tenant.Now(home.Time);
            if (customer.Refunds.FirstOrDefault(r => r.Id == spec.Id) is { } known)
            {
                return known.Amount.ToDecimal() == spec.Amount && known.Reference == spec.Reference
                    ? CommandResult.Unchanged(AccountOf(customer, now))
                    : CommandResult.Conflict<AccountView>("refund.exists", "This refund id exists with other content.", "/id");
            }
            var (balance, amount) = (customer.Carried().Left, PaymentRules.WholeOf(spec.Amount, customer));
            if (amount is not { MinorUnits: > 0 } whole || whole.MinorUnits > balance.MinorUnits)
            {
                return CommandResult.Rejected<AccountView>(new CommandError(
                    "refund.amount", $"Give an amount above zero in whole minor units, at most the balance of {balance} {balance.Currency}.", "/amount"));
            }
            t.Append(new BalanceRefunded(Key.Tenant, Key.Id, spec.Id, whole, now, spec.Reference));
            return CommandResult.Created(AccountOf(customer, now));
        });
    }

    public async Task<AccountView?> Account()
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } customer ? AccountOf(customer, customer.Tenant.Now(home.Time)) : null);
    }

    private AccountView AccountOf(CustomerState customer, Instant now)
    {
        var zero = Money.Zero(Currency.FromCode(customer.Spec.Currency));
        var open = customer.OpenInvoices.ToArray();
        return new(
            Key.Id, Sum(open.Select(i => i.Open.Left)),
            Sum(open.Where(i => InvoiceSettlements.Of(i, i.Read(), now).State == SettlementState.Overdue).Select(i => i.Open.Left)),
            customer.Carried().Left, Sum(customer.Payments.Select(p => p.Unapplied)));

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(zero, (sum, amount) => sum + amount);
    }
}
