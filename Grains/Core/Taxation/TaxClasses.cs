namespace OrleansBilling.Core.Taxation;

/// <summary>What is sold, as far as taxes ask. The data files say per class what is due; an operator's file may name further
/// classes.</summary>
public static class TaxClasses
{
    /// <summary>Connectivity, voice, messages, access to networks: telecommunications services (Directive 2006/112/EC, Art. 24(2)).</summary>
    public const string Telecommunications = "telecommunications";

    /// <summary>Software, platforms and data delivered over a network with little human work: electronically supplied services
    /// (Directive 2006/112/EC, Annex II; Implementing Regulation 282/2011, Art. 7).</summary>
    public const string ElectronicServices = "electronic_services";

    /// <summary>Other services, such as consulting or support by people.</summary>
    public const string Services = "services";

    /// <summary>Tangible goods, such as devices and SIM cards.</summary>
    public const string Goods = "goods";

    /// <summary>Electricity, also for charging vehicles: a supply of goods (Directive 2006/112/EC, Art. 15(1)).</summary>
    public const string Electricity = "electricity";

    /// <summary>Amounts that are no consideration for a supply, such as a deposit or a penalty paid as damages. Nobody taxes them.</summary>
    public const string NotASupply = "not_a_supply";
}
