using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What the customer agreed over all subscriptions.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<CommandResult<AgreementView>> Agree(AgreementSpec spec)
    {
        var home = await Home();
        var result = await Agree(home, spec);
        if (result is { Succeeded: true, Value.Terms.Maximum.Block: true })
        {
            await TellFundsLimit(home);
        }
        return result;
    }

    private Task<CommandResult<AgreementView>> Agree(Partition home, AgreementSpec spec)
    {
        return home.DoDurably(t =>
        {
            if (Find(t) is not { } customer)
            {
                return CommandResult.NotFound<AgreementView>("customer.unknown", "No such customer is registered.");
            }
            if (customer.Agreements?.AskedFor(spec.Id) is { } known)
            {
                return known == spec
                    ? CommandResult.Unchanged(customer.Agreements.ViewOf(spec.Id)!)
                    : CommandResult.Conflict<AgreementView>("agreement.exists", "This agreement id exists with other content.", "/id");
            }
            if (customer.Agreements?.Views.Count() >= AgreementRules.MaxAgreements)
            {
                return CommandResult.Rejected<AgreementView>(
                    new CommandError("agreement.too_many", $"A customer has at most {AgreementRules.MaxAgreements} agreements."));
            }
            var now = customer.Tenant.Now(home.Time);
            var (agreement, errors) = AgreementRules.Read(spec, customer, now);
            if (agreement is null)
            {
                return CommandResult.Rejected<AgreementView>(errors);
            }
            if (AgreementRules.Overlapping(customer, agreement) is { } other)
            {
                return CommandResult.Conflict<AgreementView>(
                    "agreement.overlaps", $"The agreement '{other.Id}' is in force then: end it first, or begin when it is over.", "/from");
            }
            t.Append(new SpendAgreed(Key.Tenant, Key.Id, spec, agreement, now));
            return CommandResult.Created(customer.Agreements!.ViewOf(spec.Id)!);
        });
    }

    public async Task<CommandResult<AgreementView>> EndAgreement(string id, Instant? at)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            if (Find(t) is not { } customer)
            {
                return CommandResult.NotFound<AgreementView>("customer.unknown", "No such customer is registered.");
            }
            if (customer.Agreements?.Book.Find(id) is not { } agreement)
            {
                return CommandResult.NotFound<AgreementView>("agreement.unknown", $"The customer has no agreement '{id}'.");
            }
            var now = customer.Tenant.Now(home.Time);
            var end = at ?? now;
            if (agreement.To == end || (at is null && agreement.To <= now))
            {
                return CommandResult.Unchanged(customer.Agreements.ViewOf(id)!);
            }
            if (AgreementRules.EndRefusal(customer, agreement, end, now) is { } refusal)
            {
                return CommandResult.Conflict<AgreementView>(refusal.Code, refusal.Message, refusal.Pointer);
            }
            t.Append(new SpendAgreementEnded(Key.Tenant, Key.Id, id, end, customer.Invoices.Count));
            return CommandResult.Updated(customer.Agreements.ViewOf(id)!);
        });
    }

    public async Task<AgreementView[]?> Agreements() =>
        await (await Home()).DoDurably(t => Find(t) is { } customer ? [.. customer.Agreements?.Views ?? []] : (AgreementView[]?)null);
}
