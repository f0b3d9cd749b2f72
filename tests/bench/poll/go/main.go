// The poller most people would write in Go: net/http and gofeed, 64 at a time.
// Usage: pollbench BASE_URL POLLS HOSTS
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/mmcdole/gofeed"
)

func cpuSeconds() float64 {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	secs := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)*1e-6 }
	return secs(used.Utime) + secs(used.Stime)
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConns: 20000, MaxIdleConnsPerHost: 64}}
var bad int64

func poll(url string) {
	request, _ := http.NewRequest("GET", url, nil)
	request.Header.Set("User-Agent", "pollbench/1.0 (+https://example.org/bench)")
	request.Header.Set("Accept", "application/rss+xml, */*;q=0.1")
	request.Header.Set("If-None-Match", "\"1\"")
	answer, err := client.Do(request)
	if err != nil {
		atomic.AddInt64(&bad, 1)
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode == 304 {
		io.Copy(io.Discard, answer.Body)
		return
	}
	atomic.AddInt64(&bad, 1)
	gofeed.NewParser().Parse(answer.Body)
}

func pollAll(urls []string, polls int) {
	jobs := make(chan string, 64)
	var workers sync.WaitGroup
	for i := 0; i < 64; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for url := range jobs {
				poll(url)
			}
		}()
	}
	for i := 0; i < polls; i++ {
		jobs <- urls[i%len(urls)]
	}
	close(jobs)
	workers.Wait()
}

func main() {
	polls, _ := strconv.Atoi(os.Args[2])
	hosts, _ := strconv.Atoi(os.Args[3])
	var urls []string
	for i := 0; i < hosts; i++ {
		address := fmt.Sprintf("127.%d.%d.%d", i/62500+1, i/250%250, i%250+1)
		urls = append(urls, strings.Replace(os.Args[1], "%s", address, 1))
	}
	pollAll(urls, hosts)
	bad = 0
	before := cpuSeconds()
	pollAll(urls, polls)
	spent := cpuSeconds() - before
	json.NewEncoder(os.Stdout).Encode(map[string]interface{}{"what": "go", "polls": polls, "hosts": hosts,
		"bad": bad, "cpu_secs": spent, "polls_per_cpu_sec": float64(polls) / spent})
}
