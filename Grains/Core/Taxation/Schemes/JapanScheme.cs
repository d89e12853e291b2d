namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>Consumption tax of Japan: Consumption Tax Act (Act no. 108 of 1988).</summary>
internal sealed class JapanScheme : ITaxScheme
{
    public string Tax => "CT";

    public IReadOnlyList<string> Rules =>
        ["jp.domestic", "jp.inbound.business", "jp.inbound.consumer", "jp.inbound.not_obliged", "jp.inbound.goods", "jp.outbound.services",
            "jp.outbound.goods"];

    public Decision Domestic(Supply supply) => supply.Registered("JP", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("jp.domestic", ("JP", "CT"))
        : supply.NotRegistered("JP", "Consumption tax");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("jp.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        if (supply.Class != TaxClasses.ElectronicServices)
        {
            return supply.NotCovered("only electronic services from abroad are covered.");
        }
        if (supply.IsBusiness)
        {
            return new Decision.NotOwed("jp.inbound.business") { Notes = ["jp_reverse_charge", "jp_business_only"] };
        }
        if (supply.Registered("JP", TaxRegistrationKind.Ordinary))
        {
            return Decision.Charge("jp.inbound.consumer", ("JP", "CT"));
        }
        return supply.Registered("JP", TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed("jp.inbound.not_obliged")
            : supply.NotRegistered("JP", "Consumption tax");
    }

    public Decision Outbound(Supply supply) => supply.Class switch
    {
        TaxClasses.Goods => new Decision.Free("JP", "CT", TaxCategory.Export, "jp.outbound.goods", "export"),
        TaxClasses.ElectronicServices =>
            new Decision.Free("JP", "CT", TaxCategory.OutsideScope, "jp.outbound.services", "place_of_supply_abroad"),
        _ => supply.NotCovered("only goods and electronic services to abroad are covered."),
    };
}
