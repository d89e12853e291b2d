using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Customers;

/// <summary>Customers that a partition owns.</summary>
internal sealed class CustomerBook(CalendarTable calendars)
{
    private readonly Dictionary<(TenantCopy, string), CustomerState> _customers = [];

    public IEnumerable<CustomerState> All => _customers.Values;

    public int Count => _customers.Count;

    public CustomerState? Find(TenantCopy tenant, string id) => _customers.GetValueOrDefault((tenant, id));

    public void Apply(TenantCopy tenant, CustomerRegistered fact) =>
        _customers[(tenant, fact.Customer.Id)] = new(tenant, fact.Customer);

    public void Apply(TenantCopy tenant, CustomerSubscribed fact) =>
        _customers[(tenant, fact.Subscription.Customer)].Apply(
            fact, calendars.Of(fact.Subscription.TimeZone, fact.Subscription.AnchorDate, fact.Cycle));

    public void Apply(TenantCopy tenant, StatementTaken fact) =>
        _customers[(tenant, fact.Statement.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, InvoicePrepared fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, DocumentSealed fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, CreditNotePrepared fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, PaymentRecorded fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, PaymentAllocated fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, PaymentReversed fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, InvoiceWrittenOff fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, BalanceRefunded fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, DraftApproved fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, CustomerChanged fact) => _customers[(tenant, fact.Customer.Id)].Apply(fact);

    public void Apply(TenantCopy tenant, InvoiceIssued fact) =>
        _customers[(tenant, fact.Invoice.Customer.Id)].Apply(fact);

    public void Apply(TenantCopy tenant, CustomerSubscriptionEnded fact) =>
        _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, WalletOpened fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, CreditGranted fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, GrantEnded fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, FundsHeld fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, TrialTaken fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, SpendAgreed fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, SpendPeriodDue fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, SpendAgreementEnded fact) => _customers[(tenant, fact.Customer)].Apply(fact);

    public void Apply(TenantCopy tenant, CustomerProgress fact) =>
        _customers[(tenant, fact.Customer)].Apply(fact);
}
