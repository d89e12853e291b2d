namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>VAT of Switzerland: Federal Act of 12 June 2009 on Value Added Tax (MWSTG, SR 641.20).</summary>
internal sealed class SwitzerlandScheme : ITaxScheme
{
    public string Tax => "VAT";

    public IReadOnlyList<string> Rules =>
        ["ch.domestic", "ch.inbound.registered", "ch.inbound.acquisition", "ch.inbound.not_obliged", "ch.inbound.goods",
            "ch.outbound.services", "ch.outbound.goods"];

    public Decision Domestic(Supply supply) => supply.Registered("CH", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("ch.domestic", ("CH", "VAT"))
        : supply.NotRegistered("CH", "VAT");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("ch.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        if (supply.IsElectricity)
        {
            return supply.NotCovered("electricity is covered only where seller and place are in one country.");
        }
        // Who is entered in the Swiss register charges businesses too; acquisition tax is for the others (Art. 45(1)(a)).
        if (supply.Registered("CH", TaxRegistrationKind.Ordinary))
        {
            return Decision.Charge("ch.inbound.registered", ("CH", "VAT"));
        }
        if (supply.IsBusiness)
        {
            return new Decision.NotOwed("ch.inbound.acquisition") { Notes = ["acquisition_tax"] };
        }
        return supply.Registered("CH", TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed("ch.inbound.not_obliged")
            : supply.NotRegistered("CH", "VAT");
    }

    public Decision Outbound(Supply supply) => supply.IsGoods
        ? new Decision.Free("CH", "VAT", TaxCategory.Export, "ch.outbound.goods", "export")
        : new Decision.Free("CH", "VAT", TaxCategory.OutsideScope, "ch.outbound.services", "place_of_supply_abroad");
}
