using System.Net;
using System.Net.Http.Headers;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>What a provider said.</summary>
/// <param name="Request">What it was asked, without query: queries can hold secrets.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The text.</param>
/// <param name="Headers">The headers.</param>
internal sealed record ProviderAnswer(string Request, HttpStatusCode Status, string Body, HttpResponseHeaders Headers)
{
    /// <summary>Whether it is a yes.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether it asks for patience.</summary>
    public bool IsBusy => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
}
