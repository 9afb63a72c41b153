using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MedicalGpt.Host.Hub;

/// <summary>Sends requests to the hub and follows its redirects. The token goes to the hub alone, never to the host that a redirect names; plain http leaves this machine only where that is allowed.</summary>
/// <param name="settings">Address, token, limits.</param>
/// <param name="handler">The transport; null = sockets, with the proxies and certificates that the environment names.</param>
internal sealed class HubHttp(HubSettings settings, HttpMessageHandler? handler = null) : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _client = new(handler ?? new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = settings.Silence,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "medgpt/" + typeof(HubHttp).Assembly.GetName().Version!.ToString(3) } },
    };

    /// <summary>Asks once, without further tries.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="address">The address.</param>
    /// <param name="range">Bytes that are wanted; null = all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The answer, whatever its status, with its content not read yet.</returns>
    /// <exception cref="HubTransientException">No answer came.</exception>
    /// <exception cref="MedicalGptException">The address or a redirect is not allowed.</exception>
    public async Task<HubResponse> SendAsync(HttpMethod method, Uri address, RangeHeaderValue? range, CancellationToken cancellation)
    {
        (string? Commit, string? ETag, long? Size)? own = null;
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            CheckScheme(address);
            var message = await SendOnceAsync(method, address, range, cancellation);
            if (IsHub(address))
                own = Own(message, own);
            if (Location(message, address) is not { } next)
            {
                var (commit, etag, size) = own ?? default;
                return new HubResponse(message, address, IsHub(address), commit, etag, size);
            }

            message.Dispose();
            address = next;
        }

        throw new MedicalGptException("The hub redirects without end.") { Place = Shown(address), Remedy = "check HF_ENDPOINT" };
    }

    /// <summary>An address as errors show it: without its query, which may carry a signature.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The text.</returns>
    public static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static (string? Commit, string? ETag, long? Size) Own(HttpResponseMessage message, (string? Commit, string? ETag, long? Size)? before) => (
        Header(message, "X-Repo-Commit") ?? before?.Commit,
        Header(message, "X-Linked-Etag") ?? before?.ETag ?? message.Headers.ETag?.Tag,
        (long.TryParse(Header(message, "X-Linked-Size"), out var linked) ? linked : (long?)null) ?? before?.Size ?? (message.IsSuccessStatusCode ? message.Content.Headers.ContentRange?.Length ?? message.Content.Headers.ContentLength : null));

    private static string? Header(HttpResponseMessage message, string name) => message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static Uri? Location(HttpResponseMessage message, Uri from)
    {
        if (message.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || message.Headers.Location is not { } location)
            return null;
        return location.IsAbsoluteUri ? location : new Uri(from, location);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, Uri address, RangeHeaderValue? range, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Range = range;
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (IsHub(address))
            request.Headers.Authorization = settings.Token?.Header;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Silence);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HubTransientException(Shown(address), $"no answer within {settings.Silence.TotalSeconds:0} s");
        }
        catch (HttpRequestException error) when (error.InnerException is AuthenticationException)
        {
            throw new MedicalGptException("The server's certificate is not trusted.", error) { Place = Shown(address), Given = error.InnerException.Message, Remedy = "name the file with your organisation's certificates in SSL_CERT_FILE (or a folder in SSL_CERT_DIR)" };
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound })
        {
            throw new HubTransientException(Shown(address), "there is no such host", error).Final(1);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new HubTransientException(Shown(address), error.Message, error);
        }
    }

    private bool IsHub(Uri address) => address.Scheme == settings.Endpoint.Scheme && address.Host.Equals(settings.Endpoint.Host, StringComparison.OrdinalIgnoreCase) && address.Port == settings.Endpoint.Port;

    private void CheckScheme(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && (settings.AllowHttp || address.IsLoopback)))
            throw new MedicalGptException("The address is not encrypted.") { Place = Shown(address), Allowed = "https (http on this machine only)", Remedy = "use https in HF_ENDPOINT, or allow plain http with --allow-http true" };
    }
}
